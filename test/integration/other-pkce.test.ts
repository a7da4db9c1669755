// A server that takes PKCE in another way than S256, or not at all, at the application's door: what it says leads to the way
// that works, and that is kept with the client.
import { expect, it } from 'vitest'
import type { Pkce } from '../../contract/service.ts'
import { openTestApp } from '../support/test-app.ts'
import { visit } from './practice-browser.ts'

it.each([
  ['pkce-plain-only', ['S256', 'plain']],
  ['pkce-refused', ['S256', 'plain', 'off']],
] as const)('a service with the quirk %s is connected to after %j', async (quirk, ways) => {
  await using grantdesk = await opened()
  const { clientId, quirksUrl } = grantdesk.planio
  const headers = { 'content-type': 'application/json' }
  await fetch(`${quirksUrl}.json`, { method: 'POST', headers, body: JSON.stringify({ [quirk]: true }) })
  const attempt = async (pkce: Pkce) => {
    const client = (await grantdesk.call('app.snapshot', {})).clients.find(({ id }) => id === clientId)
    if (!client) throw new Error('the practice client is gone')
    const begun = await grantdesk.call('connect.start', {
      ...{ client: { ...client, pkce }, grantId: 'authorization_code' },
      ...{ scopes: ['view_project'], openBrowser: false },
    })
    if (begun.state !== 'awaiting_redirect') throw new Error(begun.state)
    const { redirect } = await visit(begun.authorizationUrl)
    await (await fetch(redirect ?? '')).text()
    return grantdesk.settled(begun.id)
  }
  const working = ways.at(-1) ?? 'S256'
  for (const pkce of ways.slice(0, -1)) {
    const failed = await attempt(pkce)
    expect(failed).toMatchObject({
      state: 'failed',
      failure: { by: 'authorization_endpoint', error: 'invalid_request' },
    })
    expect(failed).toMatchObject({ failure: { tryPkce: expect.arrayContaining([working]) } })
  }
  expect(await attempt(working)).toMatchObject({ state: 'done' })
  const { clients } = await grantdesk.call('app.snapshot', {})
  expect(clients.find(({ id }) => id === clientId)?.pkce).toBe(working)
})

async function opened() {
  const grantdesk = await openTestApp()
  const status = await grantdesk.call('practice.start', {})
  const planio =
    status.state === 'running' ? status.services.find(({ serviceId }) => serviceId === 'planio') : undefined
  if (!planio) throw new Error('practice has no Planio')
  return { ...grantdesk, planio, [Symbol.asyncDispose]: () => grantdesk.close() }
}
