// The health check, and the step from a refusal for want of a scope to the same request with it: real Chromium, the served
// app, an authorization server and API that know what each token may do.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { openTestServer, type TestServer } from '../support/test-server.ts'
import { expectAccessible, makeVault } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

const description = (baseUrl: string) => ({
  ...{ schema: 2, id: 'stepped', name: 'Stepped', base: { default: baseUrl, example: baseUrl } },
  endpoints: { authorization: '{base}/authorize', token: '{base}/token' },
  registration: { steps: 'Ask.' },
  clientAuthentication: { allowed: ['body'], default: 'body' },
  redirect: { anyPort: 'yes' },
  scopes: { default: ['read'] },
  grants: [{ id: 'machine', type: 'client_credentials', name: 'Client credentials', refresh: false }],
  identity: [
    { path: '/me', accountId: ['id'], accountName: ['name'], accountEmail: [], accountDetail: [], scopes: [] },
  ],
})

describe.skipIf(findChromium() === null)('the health check', () => {
  let grantdesk: ServedApp
  let server: TestServer
  const dead = new Set<string>()
  const scopesOf = new Map<string, string>()

  beforeAll(async () => {
    server = await openTestServer(({ path, form, headers }) => {
      if (path === '/token') {
        const client = form.get('client_id') ?? ''
        const token = `at-${client}-${scopesOf.size}-0123456789`
        scopesOf.set(token, form.get('scope') ?? '')
        return { json: { access_token: token, token_type: 'Bearer', expires_in: 3600, scope: form.get('scope') } }
      }
      const token = (headers.authorization ?? '').replace('Bearer ', '')
      const [, client = ''] = token.split('-')
      if (dead.has(client)) return { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } }
      if (path === '/me') return { json: { id: client, name: client } }
      if (scopesOf.get(token)?.includes('write')) return { json: { written: true } }
      const challenge = 'Bearer error="insufficient_scope", scope="write"'
      return { status: 403, headers: { 'www-authenticate': challenge }, json: { error: 'insufficient_scope' } }
    })
    grantdesk = await openServedApp()
    await makeVault(grantdesk)
    await grantdesk.ask('services.import', { text: JSON.stringify(description(server.baseUrl)) })
    for (const clientId of ['alive', 'dead']) {
      await grantdesk.ask('connect.start', {
        client: {
          ...{ serviceId: 'stepped', baseUrl: server.baseUrl, clientId, clientSecret: 'app-s3cret-0123456789' },
          ...{ clientAuthentication: 'body', redirect: { mode: 'ephemeral' } },
        },
        ...{ grantId: 'machine', scopes: ['read'], name: clientId },
      })
    }
    await grantdesk.page.locator('[data-row]', { hasText: 'dead' }).waitFor()
    dead.add('dead')
  })
  afterAll(async () => {
    await grantdesk?.close()
    server?.close()
  })

  it('lists what needs the person first, with the remedy beside it', async () => {
    const { page } = grantdesk
    await page.getByRole('button', { name: 'Health check', exact: true }).click()
    await page.getByRole('button', { name: 'Check all' }).click()
    const needing = page.locator('section', { hasText: 'Needs you' }).getByRole('listitem')
    await needing.getByText('refused', { exact: true }).waitFor()
    await page.getByText('works', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Check again' }).waitFor()
    expect(await needing.count()).toBe(1)
    await needing.getByRole('button', { name: 'Show the flow' }).waitFor()
    await expectAccessible(grantdesk, 'the health check')
    await grantdesk.screenshot('health-check')
  })

  it('has the same request sent again with the scope that it lacked, in one click', async () => {
    const { page } = grantdesk
    await page.locator('[data-row]', { hasText: 'alive' }).click()
    await page.getByRole('tab', { name: 'Requests' }).click()
    await page.getByLabel('Path', { exact: true }).fill('/things?page=2')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('region', { name: 'Response' }).getByText('403').first().waitFor()
    await page.getByRole('button', { name: 'Flows', exact: true }).click()
    await page.getByRole('row', { name: /GET \/things/ }).click()
    await grantdesk.screenshot('step-up')
    await page.getByRole('button', { name: 'Reconnect with write and send again' }).click()
    await page.getByRole('region', { name: 'Response' }).getByText('written').waitFor()
    expect((await grantdesk.ask('app.snapshot', {})).connections).toHaveLength(2)
  })
})
