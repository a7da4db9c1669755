// Whether a service knows a token, asked of a server that also answers anonymous requests.
import { afterEach, expect, it } from 'vitest'
import type { EventOf } from '../../../../contract/flow/event.ts'
import type { Question } from '../../../../core/connections/identify.ts'
import { createTokenCheck } from '../../../../core/requests/known-token.ts'
import { Secret } from '../../../../core/secret.ts'
import { flowFixture, serve, type TestServer } from '../flows/flow-fixture.ts'

let server: TestServer | undefined
afterEach(() => server?.close())

async function tokenCheck(status: number, anonymous = true) {
  server = await serve((_request, response) => response.writeHead(status).end('{}'))
  const { log } = flowFixture()
  const recording = log.start({ kind: 'request', about: {}, serviceId: 's' })
  const clock = { time: 0, now: () => clock.time }
  const isKnown = createTokenCheck(clock)
  const question = {
    service: {
      ...{ anonymous, bearer: { header: 'Authorization', prefix: 'Bearer ' }, grants: [], requestHeaders: {} },
      identity: [{ method: 'GET', path: '/me', headers: {}, accountId: ['id'], accountName: [] }],
    },
    record: {
      obtainedAt: 1,
      status: { kind: 'good' },
      baseUrl: server.url,
      bearer: null,
      grantId: 'g',
      workspace: null,
      kept: {},
    },
    accessToken: new Secret('ATtokaB3dE6gH9jK2mN5'),
    recording,
  } as unknown as Question
  const { requests } = server
  const checks = () => recording.flow().events.filter((event): event is EventOf<'check'> => event.kind === 'check')
  return { ask: (changes = {}) => isKnown('c', { ...question, ...changes }), question, clock, requests, checks }
}

it('is not asked of a service that answers nobody else', async () => {
  const { ask, requests } = await tokenCheck(401, false)
  expect(await ask()).toBe(true)
  expect(requests).toEqual([])
})

it.each([
  [200, true, 'passed'],
  [401, false, 'failed'],
  [503, null, 'unconfirmed'],
] as const)('by an answer of %i of the API is %s, and the flow says so', async (status, isKnown, result) => {
  const { ask, checks } = await tokenCheck(status)
  expect(await ask()).toBe(isKnown)
  expect(checks()).toMatchObject([{ which: 'token_known', found: status, result }])
})

it('is asked once a minute for the same token, and anew for another one', async () => {
  const { ask, question, clock, requests } = await tokenCheck(200)
  await ask()
  clock.time = 59_000
  await ask()
  expect(requests).toHaveLength(1)
  await ask({ record: { ...question.record, obtainedAt: 2 } })
  expect(requests).toHaveLength(2)
  await ask()
  clock.time = 200_000
  await ask()
  expect(requests).toHaveLength(4)
})
