// Every way in which the browser can come back wrongly, while an attempt waits: it is ignored and the right answer still
// taken, or the attempt ends with the server's words. No code but the right one is ever sent, what was stored before
// stays as it was, and no secret stands where it should not.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isUnderWay } from '../../contract/attempt.ts'
import { connect, ended, type HostileApp, held, leaks, openHostileApp } from '../support/hostile-app.ts'
import {
  answerTo,
  browse,
  type HostileRedirect,
  hostileRedirects,
  type RightAnswer,
  wrongCode,
} from '../support/hostile-redirects.ts'
import { type HostileServer, startHostileServer } from '../support/hostile-server.ts'

let server: HostileServer

beforeAll(async () => {
  server = await startHostileServer()
})
afterAll(() => server.close())

const stateIn = (address: string) => new URL(address).searchParams.get('state') ?? ''

interface Waiting extends HostileApp {
  attemptId: string
  flowId: string
  right: RightAnswer
}

/** Two attempts wait; the first of them is the one that is attacked. */
async function waiting(): Promise<Waiting> {
  const setup = await openHostileApp(server, ({ baseUrl }) => ({ issuer: { url: baseUrl, inRedirect: true } }))
  const attempt = await connect(setup, 'code')
  const other = await connect(setup, 'code')
  if (attempt.state !== 'awaiting_redirect' || other.state !== 'awaiting_redirect') throw new Error(attempt.state)
  const code = `right-code-${attempt.id}`
  setup.place.secrets.add(code).add(wrongCode)
  const right = {
    redirectUri: attempt.redirectUri,
    code,
    state: stateIn(attempt.authorizationUrl),
    iss: setup.place.baseUrl,
    otherState: stateIn(other.authorizationUrl),
  }
  return { ...setup, attemptId: attempt.id, flowId: attempt.flowId, right }
}

async function withRedirectAwaited(test: (setup: Waiting) => Promise<void>): Promise<void> {
  const setup = await waiting()
  try {
    const before = await held(setup)
    await test(setup)
    expect(await held(setup)).toEqual(before)
    expect(await leaks(setup)).toEqual([])
    expect(setup.grantdesk.ports.logged.filter((line) => line.includes('internal failure'))).toEqual([])
  } finally {
    await setup.grantdesk.close()
  }
}

/** 0 where nobody answers. */
const statusOf = (address: string) =>
  browse(address).then(
    ({ status }) => status,
    () => 0,
  )

const flowOf = async ({ grantdesk, flowId }: Waiting) => grantdesk.call('flows.get', { id: flowId })
const connectionCount = async ({ grantdesk }: HostileApp) =>
  (await grantdesk.call('app.snapshot', {})).connections.length

/** Only now the right answer comes. */
async function stillConnects(setup: Waiting): Promise<void> {
  const { grantdesk, place, attemptId, right } = setup
  expect(grantdesk.attempt(attemptId).state).toBe('awaiting_redirect')
  expect(place.codes).toEqual([])
  expect(await browse(answerTo(right))).toMatchObject({ status: 200 })
  expect(await ended(setup, grantdesk.attempt(attemptId))).toBeNull()
  expect(place.codes).toEqual([right.code])
  expect(await connectionCount(setup)).toBe(2)
}

async function meet(redirect: HostileRedirect, setup: Waiting): Promise<void> {
  const { grantdesk, place, attemptId, right } = setup
  const { status, page } = await redirect.send(right)
  expect(status).toBe(redirect.status)
  for (const secret of [wrongCode, right.code]) expect(page).not.toContain(secret)
  expect(page).not.toMatch(/<img|<h1>Call/)
  if (redirect.ends === 'waits') {
    const { events } = await flowOf(setup)
    expect(events.at(-1)).toMatchObject({ kind: 'stray_request' })
    const attempt = grantdesk.attempt(attemptId)
    const unproven = attempt.state === 'awaiting_redirect' ? attempt.unproven : undefined
    expect(unproven).toEqual(redirect.unproven ? expect.stringMatching(redirect.unproven) : null)
    return stillConnects(setup)
  }
  const { error, words } = redirect.ends
  const failure = await ended(setup, grantdesk.attempt(attemptId))
  expect(failure).toMatchObject({ kind: 'refused', by: 'authorization_endpoint', error })
  expect(failure?.message).toMatch(words)
  expect(JSON.stringify([failure, await flowOf(setup)])).not.toContain(right.state)
  expect(place.codes).toEqual([])
  expect(await connectionCount(setup)).toBe(1)
}

describe('a redirect with', () => {
  it.concurrent.each(hostileRedirects)('$name', (redirect) => withRedirectAwaited((setup) => meet(redirect, setup)))
})

describe('after the right redirect', () => {
  it.concurrent.each<[string, (right: RightAnswer) => string, number]>([
    ['the same again', (right) => answerTo(right), 200],
    ['another code', (right) => answerTo({ ...right, code: wrongCode }), 409],
    ['an error', (right) => answerTo(right, (usual) => [...usual.slice(1), ['error', 'access_denied']]), 409],
  ])('%s changes nothing', (_, second, status) =>
    withRedirectAwaited(async (setup) => {
      const { grantdesk, place, attemptId, right } = setup
      expect((await browse(answerTo(right))).status).toBe(200)
      // The answer that was taken gets its page again for a few seconds; heard by nobody afterwards.
      expect([status, 0]).toContain(await statusOf(second(right)))
      expect(await ended(setup, grantdesk.attempt(attemptId))).toBeNull()
      expect(place.codes).toEqual([right.code])
      expect(await connectionCount(setup)).toBe(2)
    }),
  )

  it('nothing listens any more', () =>
    withRedirectAwaited(async (setup) => {
      const { grantdesk, attemptId, right, place } = setup
      await stillConnects(setup)
      await expect.poll(() => statusOf(answerTo(right))).toBe(0)
      expect(isUnderWay(grantdesk.attempt(attemptId))).toBe(false)
      expect(place.codes).toEqual([right.code])
    }))
})

it('a thousand wrong redirects are ignored, noted within bounds, and the right one is taken', () =>
  withRedirectAwaited(async (setup) => {
    const { right } = setup
    for (let round = 0; round < 20; round++) {
      const wrong = { ...right, code: wrongCode, state: `wrong-${round}` }
      await Promise.all(Array.from({ length: 50 }, () => browse(answerTo(wrong))))
    }
    expect((await flowOf(setup)).events.length).toBeLessThan(60)
    await stillConnects(setup)
  }))
