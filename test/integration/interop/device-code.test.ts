// The device grant at a server that others wrote: the user code is entered on its own page, in a real Chromium, while
// Grantdesk asks, waits when it is told to, and ends with what the person decided.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Attempt, isUnderWay } from '../../../contract/attempt.ts'
import { until } from '../../support/child.ts'
import { ensureChromium } from '../../support/chromium.ts'
import { type ForeignServer, startForeignServer } from '../../support/foreign-server.ts'
import { type InteropApp, oddSecret, openInteropApp } from '../../support/interop-app.ts'
import { oidcProvider } from './authorization-servers.ts'
import { ended, enterUserCode } from './grant-runs.ts'

let server: ForeignServer | null = null

beforeAll(async () => {
  if (ensureChromium()) server = await startForeignServer(oidcProvider.program)
}, 15 * 60_000)
afterAll(async () => {
  await server?.stop()
})

async function atServer(skip: (why: string) => void, test: (at: InteropApp) => Promise<void>): Promise<void> {
  if (!server) return skip('skipped: Chromium is not installed and cannot be')
  const at = await openInteropApp({ id: oidcProvider.service.id, baseUrl: server.baseUrl })
  try {
    await at.grantdesk.call('services.import', { text: JSON.stringify(oidcProvider.service) })
    await test(at)
    expect(await at.leaks()).toEqual([])
  } finally {
    await at.grantdesk.close()
  }
}

function begin(at: InteropApp, clientId: string): Promise<Attempt> {
  const client = { clientId, clientSecret: oddSecret, clientAuthentication: 'basic' as const }
  return at.begin(client, { grantId: oidcProvider.ids.device })
}

const intervalOf = (attempt: Attempt) => (attempt.state === 'awaiting_device' ? attempt.interval : null)

it.concurrent('is waited for while nobody decides, and more slowly when the server says so', ({ skip, expect }) =>
  atServer(skip, async (at) => {
    const begun = await begin(at, 'hasty')
    expect(intervalOf(begun)).toBe(1)
    const flow = async () => JSON.stringify(await at.grantdesk.call('flows.get', { id: begun.flowId }))
    await until(async () => (await flow()).includes('authorization_pending'), 'the first question is answered')
    await until(() => intervalOf(at.grantdesk.attempt(begun.id)) === 6, 'the interval is longer')
    expect(await flow()).toContain('slow_down')
    await enterUserCode(begun)
    const attempt = await ended(at, begun)
    if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
    expect(await at.view(attempt.connectionId)).toMatchObject({ account: { name: 'alice' }, refreshable: true })
    const statuses = at.wire.sent.filter(({ path }) => path === '/token').map(({ status }) => status)
    expect(statuses.length).toBeGreaterThan(2)
    expect(new Set(statuses.slice(0, -1))).toEqual(new Set([400]))
    expect(statuses.at(-1)).toBe(200)
    const { events } = await at.grantdesk.call('flows.get', { id: begun.flowId })
    const polls = events.filter((event) => event.kind === 'exchange' && event.purpose.kind === 'token_request')
    expect(polls).toMatchObject([{ attempts: statuses.length, outcome: 'succeeded' }])
  }))

it.concurrent('ends with the server’s words when the person presses Abort', ({ skip, expect }) =>
  atServer(skip, async (at) => {
    const begun = await begin(at, 'all')
    expect(await enterUserCode(begun, 'deny')).toContain('interrupted')
    expect(await ended(at, begun)).toMatchObject({
      state: 'failed',
      failure: {
        kind: 'refused',
        by: 'token_endpoint',
        error: 'access_denied',
        remedy: expect.stringContaining('allow'),
      },
    })
    expect((await at.grantdesk.call('app.snapshot', {})).connections).toEqual([])
  }))

it.concurrent('that nobody enters is given up when the person cancels', ({ skip, expect }) =>
  atServer(skip, async (at) => {
    const begun = await begin(at, 'all')
    await at.grantdesk.call('connect.cancel', { id: begun.id })
    expect(await ended(at, begun)).toMatchObject({ state: 'failed', failure: { kind: 'cancelled' } })
    expect(at.wire.sent.map(({ path }) => path)).toEqual(['/device/auth'])
    expect(isUnderWay(at.grantdesk.attempt(begun.id))).toBe(false)
  }))
