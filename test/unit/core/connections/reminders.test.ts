// Each end that only the person can put off is told once: not early, not twice, not for what is renewed or gone.
import { expect, it } from 'vitest'
import type { ConnectionView } from '../../../../contract/connection.ts'
import { createReminders } from '../../../../core/connections/reminders.ts'
import { sampleConnection } from '../../headless/sample-connection.ts'

const day = 86_400_000
const start = Date.UTC(2026, 10, 22, 12)

function grantdesk(...changes: Partial<ConnectionView>[]) {
  const clock = { time: start, now: () => clock.time }
  const told: { title: string; body: string }[] = []
  let views = changes.map((change, at) =>
    sampleConnection({ id: `c${at}`, name: `name ${at}`, refreshable: false, obtainedAt: start, ...change }),
  )
  let broken = false
  const look = createReminders({
    clock,
    notify: (words) => told.push(words),
    connections: {
      update: async (id, { reminded = null }) => {
        if (broken) throw new Error('the disk is full')
        views = views.map((view) => (view.id === id ? { ...view, reminded } : view))
      },
    },
  })
  return {
    told,
    views: () => views,
    change: (change: Partial<ConnectionView>) => {
      views = views.map((view) => ({ ...view, ...change }))
    },
    disk: (works: boolean) => {
      broken = !works
    },
    async at(moment: number) {
      clock.time = moment
      look(views)
      look(views)
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

const token = { grantType: 'static_token' as const, expiresAt: start + 100 * day }

it('tells of a personal token when a fifth of its life is left, and once more in its last day', async () => {
  const one = grantdesk(token)
  await one.at(start + 79 * day)
  expect(one.told).toEqual([])
  await one.at(start + 81 * day)
  await one.at(start + 82 * day)
  expect(one.told).toEqual([
    {
      title: expect.stringMatching(/^“name 0” ends on .*2027$/),
      body: 'Nothing renews it: make a new token and replace it.',
    },
  ])
  expect(one.views()[0]?.reminded).toEqual({ end: token.expiresAt, dismissed: false, at: start + 81 * day })
  await one.at(start + 99.5 * day)
  await one.at(start + 101 * day)
  expect(one.told).toHaveLength(2)
  expect(one.told[1]?.title).toMatch(/^“name 0” ends on .*2027,? .*\d:\d\d/)
})

it('tells of a refresh token whose life is known', async () => {
  const refreshTokenExpiresAt = start + 10 * day
  const one = grantdesk({
    refreshable: true,
    refreshTokenObtainedAt: start,
    refreshTokenExpiresAt,
    expiresAt: start + day,
  })
  await one.at(start + 9 * day)
  expect(one.told).toMatchObject([{ body: 'Nothing renews it: reconnect it.' }])
})

it('tells again of the end of another token', async () => {
  const one = grantdesk(token)
  await one.at(start + 90 * day)
  one.change({ obtainedAt: start + 90 * day, expiresAt: start + 190 * day })
  await one.at(start + 91 * day)
  expect(one.told).toHaveLength(1)
  await one.at(start + 180 * day)
  expect(one.told).toHaveLength(2)
})

it('says nothing of what is renewed, was refused or is revoked, or was put away', async () => {
  const failure = { kind: 'cancelled' as const, message: '' }
  const revocation = { at: 0, outcome: 'revoked' as const, worksUntil: null, page: null, words: '' }
  const all = grantdesk(
    { refreshable: true, expiresAt: start + day },
    { ...token, status: { kind: 'needs_attention', since: 0, failure } },
    { ...token, status: { kind: 'revoked', revocation } },
    { ...token, reminded: { end: token.expiresAt, dismissed: true, at: start + 99 * day } },
    { expiresAt: null },
  )
  await all.at(start + 99 * day)
  expect(all.told).toEqual([])
})

it('puts several that end together into one', async () => {
  const three = grantdesk(token, token, token)
  await three.at(start + 90 * day)
  expect(three.told).toMatchObject([{ body: expect.stringMatching(/So do 2 others/) }])
})

it('tells nothing that it cannot write down, so that no start tells it over and over', async () => {
  const one = grantdesk(token)
  one.disk(false)
  await one.at(start + 90 * day)
  expect(one.told).toEqual([])
  one.disk(true)
  await one.at(start + 90 * day)
  expect(one.told).toHaveLength(1)
})
