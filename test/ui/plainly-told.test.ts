// What the window says where the API says no, where a key beats the token, and where nobody but the person knows the
// workspace: real Chromium, the served app, the practice services.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { clipboardOf, connect, expectAccessible, makeVault, startPractice } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

describe.skipIf(findChromium() === null)('plainly told', () => {
  let grantdesk: ServedApp

  beforeAll(async () => {
    grantdesk = await openServedApp()
    await makeVault(grantdesk)
    await startPractice(grantdesk)
  })
  afterAll(() => grantdesk?.close())

  const press = (name: string) => grantdesk.page.getByRole('button', { name, exact: true }).first().click()
  const tab = (name: string) => grantdesk.page.getByRole('tab', { name }).click()

  it('is that a key typed into a request beats the token', async () => {
    const { page } = grantdesk
    await connect(grantdesk, 'planio', 'ada')
    await tab('Requests')
    const carried = page.getByRole('region', { name: 'Sent with every request' })
    await carried.getByText('Bearer ••••••••').waitFor()
    expect(await carried.getByRole('status').count()).toBe(0)
    await press('Add header')
    await page.getByLabel('Header 1', { exact: true }).fill('X-Redmine-API-Key')
    await carried.getByText('Planio takes X-Redmine-API-Key before the token').waitFor()
    await carried.getByText('does not count: the X-Redmine-API-Key above beats it').waitFor()
    await expectAccessible(grantdesk, 'a key that beats the token')
    await grantdesk.screenshot('told-key-beats-token')
    await press('Delete header 1')
    await carried.getByText('before the token').waitFor({ state: 'detached' })
  })

  it('is why the API refuses, in its own words, once, with the way on', async () => {
    const { page } = grantdesk
    await press('Copy base URL')
    await revokeAtTheService(await clipboardOf(grantdesk))
    await tab('Scopes')
    await press('Ask the API')
    const alert = page.getByRole('alert')
    await alert.getByText('The access token was revoked', { exact: true }).waitFor()
    expect(await alert.count()).toBe(1)
    expect(await alert.textContent()).toContain('Planio says: The access token was revoked (invalid_token).')
    await alert.getByRole('button', { name: 'Connect again' }).waitFor()
    await expectAccessible(grantdesk, 'an API that refuses')
    await grantdesk.screenshot('told-refused-by-the-api')
    await tab('History')
    await page
      .getByText(/The API does not accept this token/)
      .first()
      .waitFor()
  })

  it('is which workspace is meant, where the person names it by a pasted address', async () => {
    const { page } = grantdesk
    await press('Grantdesk overview')
    await press('Connect Plane')
    await press('Choose another way in')
    await page.getByRole('radio', { name: /^API key/ }).check()
    await page.getByRole('textbox', { name: 'API key' }).fill('plane_api_practice_ada_0123456789abcdef')
    await press('Continue')
    await press('Connect')
    await press('Show connection')
    await tab('Requests')
    await page
      .getByLabel('Ready-made request')
      .selectOption({ label: 'Projects — GET /api/v1/workspaces/{slug}/projects/' })
    await page.getByText('The workspace can be named above, once for all.').waitFor()
    await press('Name the workspace')
    const field = page.getByLabel('Slug or address of the workspace')
    await field.fill('https://app.plane.so/')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('This is no slug of a workspace').first().waitFor()
    await expectAccessible(grantdesk, 'an address of no workspace')
    await grantdesk.screenshot('told-no-workspace')
    await field.fill('https://app.plane.so/practice-one/projects/')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Name another workspace' }).waitFor()
    await press('Send')
    await page.getByRole('region', { name: 'Response' }).getByText('Rocket').first().waitFor()
    await expectAccessible(grantdesk, 'a named workspace')
    await grantdesk.screenshot('told-workspace')
  })

  it('is what nobody confirmed of a service, part by part', async () => {
    const { page } = grantdesk
    await page.getByRole('button', { name: 'Services' }).click()
    await page.getByRole('button', { name: /^Plannr/ }).click()
    await page.getByText('unverified: whether the granted ones are told').waitFor()
    await page.getByText('unverified: whether any port will do').waitFor()
    await expectAccessible(grantdesk, 'the facts of a service')
    await grantdesk.screenshot('told-unverified')
  })

  it('is whether a webhook’s signature fits, and the secret is asked for anew each time', async () => {
    const { page } = grantdesk
    await press('Check a signature')
    await page.getByLabel('X-Signature').fill('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
    const secret = page.getByLabel('Secret of the webhook', { exact: true })
    await secret.fill('Jefe')
    await page.getByLabel('Raw body').fill('what do ya want for nothing?')
    await press('Check')
    await page.getByText('The signature fits this body and this secret.').waitFor()
    await expectAccessible(grantdesk, 'a signature that fits')
    await grantdesk.screenshot('told-signature')
    expect(await secret.inputValue()).toBe('')
    await secret.fill('another')
    await page.keyboard.press('Enter')
    await page.getByText('The signature does not fit.').waitFor()
    await expectAccessible(grantdesk, 'a signature that does not fit')
  })
})

/** As a person does on the service's page of authorized applications. */
async function revokeAtTheService(baseUrl: string): Promise<void> {
  const page = `${baseUrl}/oauth/authorized_applications`
  const [, grant = ''] = /name="grant" value="([^"]+)"/.exec(await (await fetch(page)).text()) ?? []
  await fetch(page, { method: 'POST', body: new URLSearchParams({ grant }), redirect: 'manual' })
}
