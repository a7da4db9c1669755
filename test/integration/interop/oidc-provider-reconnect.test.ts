// Pushed authorization requests, and what a reconnection proposes to the server, at a strict, certified OpenID provider that
// knows no prompt=select_account.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Attempt } from '../../../contract/attempt.ts'
import { ensureChromium } from '../../support/chromium.ts'
import { type ForeignServer, startForeignServer } from '../../support/foreign-server.ts'
import { type InteropApp, oddSecret, openInteropApp } from '../../support/interop-app.ts'
import { WebSession } from '../../support/web-session.ts'
import { oidcProvider } from './authorization-servers.ts'
import { discoveredId } from './discovered-provider.ts'

const installed = ensureChromium()
if (!installed) console.log('skipped: Chromium is not installed and cannot be')

let server: ForeignServer
let at: InteropApp

beforeAll(async () => {
  if (installed) server = await startForeignServer(oidcProvider.program)
})
afterAll(async () => {
  await server?.stop()
})
beforeEach(async () => {
  if (!installed) return
  at = await openInteropApp({ id: discoveredId, baseUrl: server.baseUrl })
  await describeWith({ pushedAuthorization: '{base}/request' })
})
afterEach(async () => {
  if (!installed) return
  const leaks = await at.leaks()
  await at.grantdesk.close()
  expect(leaks).toEqual([])
})

const pushing = { clientId: 'pushing', clientSecret: oddSecret, clientAuthentication: 'basic' as const }

/** Metadata says which endpoint there is, and not that this client has to use it. */
async function describeWith(endpoints: object): Promise<void> {
  const { description } = await at.grantdesk.call('services.discover', { url: server.baseUrl })
  const whole = { ...description, id: discoveredId, endpoints: { ...description.endpoints, ...endpoints } }
  await at.grantdesk.call('services.import', { text: JSON.stringify(whole), replace: true })
}

/** The parameters of the requests that were pushed in an attempt, in order, as its flow has them. */
async function pushed({ flowId }: Attempt): Promise<URLSearchParams[]> {
  const { events } = await at.grantdesk.call('flows.get', { id: flowId })
  return events.flatMap((event) =>
    event.kind === 'exchange' && event.purpose.kind === 'pushed_authorization'
      ? [new URLSearchParams(event.request.body ?? '')]
      : [],
  )
}

describe.runIf(installed)('a client that has to push its authorization requests', () => {
  it('does, and the browser carries a reference alone', async () => {
    const { attempt, end } = await at.visit(pushing, { scopes: ['openid'] })
    if (!('authorizationUrl' in attempt)) throw new Error(JSON.stringify(attempt))
    expect([...new URL(attempt.authorizationUrl).searchParams.keys()].sort()).toEqual(['client_id', 'request_uri'])
    expect(end.redirect?.searchParams.has('code')).toBe(true)
    expect(await at.grantdesk.settled(attempt.id)).toMatchObject({ state: 'done' })
    const [parameters] = await pushed(attempt)
    expect(parameters?.get('code_challenge_method')).toBe('S256')
  })

  it('is refused in the server’s words where the description names no endpoint for that', async () => {
    await describeWith({ pushedAuthorization: undefined })
    const attempt = await at.connect(pushing, { scopes: ['openid'] })
    expect(attempt).toMatchObject({
      state: 'failed',
      failure: {
        kind: 'refused',
        by: 'authorization_endpoint',
        message: expect.stringMatching(/Pushed Authorization/i),
      },
    })
  })
})

describe.runIf(installed)('a reconnection', () => {
  it('proposes the account, and asks without the prompt that the server does not know', async () => {
    const person = new WebSession()
    const first = await at.connected(pushing, { scopes: ['openid'], person })
    expect(first.account?.id).toBe('alice')
    const again = await at.connect(pushing, { scopes: ['openid'], reconnect: first.id, person })
    await person.close()
    expect(again).toMatchObject({ state: 'done', connectionId: first.id })
    const asked = await pushed(again)
    expect(asked.map((parameters) => [parameters.get('login_hint'), parameters.get('prompt')])).toEqual([
      ['alice', 'select_account'],
      ['alice', null],
    ])
    expect((await at.view(first.id)).account?.id).toBe('alice')
  })
})
