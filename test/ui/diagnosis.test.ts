// A failed flow says what is wrong, shows the bytes, and its buttons mend it: real Chromium, the served app, a server that
// answers as a captive portal at first.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { openTestServer, type TestServer } from '../support/test-server.ts'
import { expectAccessible, makeVault } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

const description = (baseUrl: string) => ({
  ...{ schema: 2, id: 'portal', name: 'Portal', base: { default: baseUrl, example: baseUrl }, scopes: {} },
  endpoints: { authorization: '{base}/authorize', token: '{base}/token' },
  registration: { steps: 'Ask.' },
  clientAuthentication: { allowed: ['body'], default: 'body' },
  redirect: { anyPort: 'yes' },
  grants: [{ id: 'machine', type: 'client_credentials', name: 'Client credentials', refresh: false }],
})

describe.skipIf(findChromium() === null)('a diagnosis', () => {
  let grantdesk: ServedApp
  let server: TestServer
  let isCaptive = true

  beforeAll(async () => {
    server = await openTestServer(() =>
      isCaptive
        ? { headers: { 'content-type': 'text/html' }, json: '<h1>Sign in to the network</h1>' }
        : { json: { access_token: 'at-0123456789abcdef', token_type: 'Bearer', expires_in: 3600 } },
    )
    grantdesk = await openServedApp()
    await makeVault(grantdesk)
  })
  afterAll(async () => {
    await grantdesk?.close()
    server?.close()
  })

  it('says what is wrong where it failed, with the bytes that show it', async () => {
    const { page, ask } = grantdesk
    await ask('services.import', { text: JSON.stringify(description(server.baseUrl)) })
    const attempt = await ask('connect.start', {
      client: {
        ...{ serviceId: 'portal', baseUrl: server.baseUrl, clientId: 'app', clientSecret: 'app-s3cret-0123456789' },
        ...{ clientAuthentication: 'body', redirect: { mode: 'ephemeral' } },
      },
      ...{ grantId: 'machine', scopes: [] },
    })
    await page.getByRole('button', { name: 'Flows', exact: true }).click()
    await page.getByRole('row', { name: /Connect Portal/ }).click()
    const said = page.getByRole('region', { name: 'Diagnosis' })
    await said.getByText('The token endpoint answered with a web page.').waitFor()
    expect(await said.getByRole('table', { name: 'Evidence' }).textContent()).toContain('text/html')
    expect(attempt.serviceId).toBe('portal')
    await expectAccessible(grantdesk, 'a diagnosis')
    await grantdesk.screenshot('diagnosis')
  })

  it('leads to what mends it, and does the same again', async () => {
    const { page, ask } = grantdesk
    const said = page.getByRole('region', { name: 'Diagnosis' })
    await said.getByRole('button', { name: 'Edit the service' }).waitFor()
    isCaptive = false
    await said.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('button', { name: 'Show connection' }).click()
    await page.getByRole('tab', { name: 'Token' }).waitFor()
    expect((await ask('app.snapshot', {})).connections).toHaveLength(1)
  })

  it('stands beside the flow that worked, with the first difference in a sentence', async () => {
    const { page } = grantdesk
    await page.getByRole('button', { name: 'Flows', exact: true }).click()
    await page.getByRole('row', { name: /Connect Portal.*failed/ }).click()
    await page.getByRole('button', { name: 'Compare with last good' }).click()
    await page
      .getByText(/^The first difference that matters is in .*response content-type is “text\/html” in the right one/)
      .waitFor()
    await expectAccessible(grantdesk, 'a comparison')
    await grantdesk.screenshot('compare')
    await page.getByRole('button', { name: 'Back to the flow' }).click()
    await page.getByRole('region', { name: 'Diagnosis' }).waitFor()
  })
})
