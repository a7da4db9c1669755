// A revocation as a person sees it where the API cannot tell at once, or the service refuses: real Chromium, the served app,
// the practice Planio.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { clipboardOf, connect, expectAccessible, makeVault } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

describe.skipIf(findChromium() === null)('revoking', () => {
  let grantdesk: ServedApp
  let baseUrl = ''

  beforeAll(async () => {
    grantdesk = await openServedApp()
    await makeVault(grantdesk)
    await connect(grantdesk, 'planio', 'ada')
    await grantdesk.page.getByRole('button', { name: 'Copy base URL' }).click()
    baseUrl = await clipboardOf(grantdesk)
  })
  afterAll(() => grantdesk?.close())

  const button = (name: string) => grantdesk.page.getByRole('button', { name, exact: true })

  async function turn(quirks: Record<string, boolean>): Promise<void> {
    const headers = { 'content-type': 'application/json' }
    const url = `${baseUrl}/practice/quirks.json`
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(quirks) })
    expect(answer.status).toBe(200)
  }

  async function revoke(): Promise<void> {
    await button('Revoke').first().click()
    await grantdesk.page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
    await grantdesk.page.getByRole('dialog').waitFor({ state: 'detached' })
  }

  it('refused says so, in the server’s words, and leads to the service’s page', async () => {
    const { page } = grantdesk
    await turn({ 'revocation-refused': true, 'api-404': true })
    await revoke()
    await page.getByText('Refused: nothing was revoked').waitFor()
    await page.getByText(/^The service refused: .*could not be verified\.$/).waitFor()
    await button('Open the service’s page').waitFor()
    await expectAccessible(grantdesk, 'a refused revocation')
    await grantdesk.screenshot('revoking-refused')
    // A message that goes by itself may still have a button of that name.
    await page.getByRole('article').getByRole('button', { name: 'Dismiss', exact: true }).click()
    expect(await page.getByText('revocation not verified').count()).toBe(0)
  })

  it('accepted and not verified stays on the screen until a check finds the token dead', async () => {
    const { page } = grantdesk
    await turn({ 'revocation-refused': false })
    await revoke()
    await page.getByText('Accepted, not verified').waitFor()
    await page.getByText('revocation not verified').first().waitFor()
    expect(await button('Refresh').isDisabled()).toBe(true)
    await expectAccessible(grantdesk, 'a revocation that is not verified')
    await grantdesk.screenshot('revoking-unverified')
    await button('Check again').click()
    await page.getByText('Checked again').waitFor()
    await turn({ 'api-404': false })
    await button('Check again').click()
    await page.getByText('Revoked, and verified').waitFor()
  })

  it('accepted without effect says until when the access token works', async () => {
    const { page } = grantdesk
    await turn({ 'revocation-refresh-only': true })
    await connect(grantdesk, 'planio', 'ada')
    await revoke()
    await page.getByText('Accepted, but the access token still works').waitFor()
    await page
      .getByText(/^still works until /)
      .first()
      .waitFor()
    await expectAccessible(grantdesk, 'a revoked token that still works')
    await grantdesk.screenshot('revoking-still-works')
  })
})
