// Having had enough of a service that says nothing: the notice that says what is waited for, and its way out by keyboard.
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { expectAccessible, makeVault } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

describe.skipIf(findChromium() === null)('a service that says nothing', () => {
  let grantdesk: ServedApp
  let server: Server
  let baseUrl = ''
  let silent = false
  const asked: string[] = []

  function answer(path: string, response: ServerResponse): void {
    asked.push(path)
    if (silent) return
    const json = path === '/token' ? tokens : { id: '1', name: 'Ada' }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json))
  }
  const tokens = { access_token: 'at-0123456789abcdef', token_type: 'Bearer', expires_in: 3600 }

  const own = () => ({
    schema: 2,
    id: 'own-service',
    name: 'Own service',
    base: { default: baseUrl, example: baseUrl },
    endpoints: { authorization: '{base}/authorize', token: '{base}/token', revocation: '{base}/revoke' },
    registration: { steps: 'Ask for a client.' },
    clientAuthentication: { allowed: ['body'], default: 'body' },
    redirect: { anyPort: 'yes' },
    grants: [{ id: 'machine', type: 'client_credentials', name: 'Client credentials', refresh: false }],
    scopes: { default: ['read'] },
    identity: [{ path: '/me', accountId: ['id'], accountName: ['name'] }],
  })

  const press = (name: string) => grantdesk.page.getByRole('button', { name, exact: true }).first().click()

  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume()
      answer(new URL(request.url ?? '/', 'http://127.0.0.1').pathname, response)
    }).listen(0, '127.0.0.1')
    await new Promise((listening) => server.once('listening', listening))
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    grantdesk = await openServedApp()
    const { page } = grantdesk
    await makeVault(grantdesk)
    await press('Services')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'own.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(own())) })
    await page.getByText('Own service').first().waitFor()
    await press('Grantdesk overview')
    await press('New connection')
    await page
      .getByRole('button', { name: /^Own service/ })
      .first()
      .click()
    await page.getByLabel('Client id').fill('machine')
    await page.getByLabel('Client secret').fill('machine-secret-0123')
    await press('Continue')
    await press('Connect')
    await press('Show connection')
    await page.getByRole('tab', { name: 'Token' }).waitFor()
  })
  afterAll(async () => {
    await grantdesk?.close()
    server?.closeAllConnections()
    server?.close()
  })

  it('is named when a refresh has lasted two seconds, and cancelling it by keyboard says what became of it', async () => {
    const { page } = grantdesk
    silent = true
    await press('Refresh')
    const notice = page.getByRole('status').filter({ hasText: 'Waiting for the answer of Own service to the refresh.' })
    await page.waitForTimeout(1_000)
    expect(await notice.count()).toBe(0)
    await notice.waitFor()
    await expectAccessible(grantdesk, 'a refresh that lasts')
    await grantdesk.screenshot('awaited')
    await notice.getByRole('button', { name: 'Cancel' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('The refresh was cancelled before its answer came').waitFor()
    await page.getByText('refresh again to find out').waitFor()
    expect(await page.getByText('The refresh failed.').count()).toBe(0)
    await notice.waitFor({ state: 'detached' })
    await expectAccessible(grantdesk, 'a refresh that was cancelled')
    await grantdesk.screenshot('cancelled')
    await press('Dismiss')
  })

  it('does not keep a revocation: Cancel in its question ends it, and the question says what that means; so does the palette', async () => {
    const { page } = grantdesk
    await press('Revoke')
    const question = page.getByRole('dialog')
    await question.getByRole('button', { name: 'Revoke', exact: true }).click()
    await expect.poll(() => asked).toContain('/revoke')
    await question.getByRole('button', { name: 'Cancel' }).click()
    await question.getByText('so the tokens may be revoked at the service').waitFor()
    await grantdesk.screenshot('cancelled-revocation')
    await question.getByRole('button', { name: 'Cancel' }).click()
    await question.waitFor({ state: 'detached' })
    await press('Refresh')
    await page.keyboard.press('Control+k')
    await page.getByRole('option', { name: 'Cancel what is under way' }).waitFor()
    await grantdesk.screenshot('cancel-in-the-palette')
    await page.keyboard.press('Enter')
    await page.getByText('The refresh was cancelled before its answer came').waitFor()
    silent = false
    await press('Refresh')
    await page.getByText('Refreshed: a new access token').waitFor()
    await page.getByRole('tab', { name: 'History' }).click()
    await page.getByText('The refresh was cancelled before its answer came').first().waitFor()
  })
})
