// The first complete way through, in a real Chromium, as a newcomer goes it: light and dark, Plane and Planio.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { allow, chooseScopes, clipboardOf, expectAccessible, makeVaultByHand, startPractice } from './person.ts'
import { openServedApp, passphrase, type ServedApp } from './served-app.ts'

const suite = findChromium() ? describe : describe.skip
const ways = [
  { service: 'Plane', colorScheme: 'light' as const, clientSecret: 'plane-practice-secret' },
  { service: 'Planio', colorScheme: 'dark' as const, clientSecret: 'planio-practice-secret' },
]

suite.each(ways)('$service in $colorScheme', ({ service, colorScheme, clientSecret }) => {
  let grantdesk: ServedApp
  const secrets: string[] = [passphrase, clientSecret]

  beforeAll(async () => {
    grantdesk = await openServedApp({ colorScheme })
  })

  afterAll(() => grantdesk?.close())

  it('asks for a passphrase where there is no keychain, and says why', async () => {
    await grantdesk.page.getByText('No keychain can be reached').waitFor()
    await expectAccessible(grantdesk, 'the gate')
    await makeVaultByHand(grantdesk)
    await expectAccessible(grantdesk, 'the first screen')
  })

  it('starts the practice services from the first screen', async () => {
    await startPractice(grantdesk)
    await expectAccessible(grantdesk, 'the first screen with practice services')
  })

  it('shows the server’s words when the person denies', async () => {
    const { page } = grantdesk
    await chooseScopes(grantdesk, service)
    await expectAccessible(grantdesk, `choosing scopes for ${service}`)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await grantdesk.consentByHand('Deny')
    await page.getByText('access_denied').first().waitFor()
    await expectAccessible(grantdesk, 'a denied attempt')
    await grantdesk.screenshot(`${service}-denied`)
  })

  it('tries again, connects, and lists the connection with its account, scopes and expiry', async () => {
    const { page } = grantdesk
    await page.getByRole('button', { name: 'Try again' }).click()
    await allow(grantdesk, 'ada', grantdesk.consentByHand)
    await page.getByRole('heading', { name: /^ada/i }).waitFor()
    await page.getByRole('tab', { name: 'Scopes' }).click()
    await expectAccessible(grantdesk, 'the scopes')
    await grantdesk.screenshot(`${service}-scopes`)
    await page.getByRole('tab', { name: 'Token' }).click()
    await expectAccessible(grantdesk, 'the token')
    await grantdesk.screenshot(`${service}-token`)
  })

  it('keeps the token hidden until it is revealed, and hides it again', async () => {
    const { page } = grantdesk
    await page.getByRole('button', { name: 'Copy token' }).click()
    await expect.poll(() => clipboardOf(grantdesk)).not.toBe('')
    const token = await clipboardOf(grantdesk)
    secrets.push(token)
    expect(await page.content()).not.toContain(token)
    await page.getByRole('button', { name: 'Reveal', exact: true }).click()
    await page.getByText(token).first().waitFor()
    await page.getByRole('button', { name: 'Hide', exact: true }).click()
    await expect.poll(() => page.content()).not.toContain(token)
    await page.getByRole('button', { name: 'Copy header' }).click()
    await expect.poll(() => clipboardOf(grantdesk)).toBe(`Authorization: Bearer ${token}`)
    await page.getByRole('button', { name: 'Copy as curl' }).click()
    await expect.poll(() => clipboardOf(grantdesk)).toMatch(/^curl /)
  })

  it('sends a test request', async () => {
    const { page } = grantdesk
    await page.getByRole('tab', { name: 'Requests' }).click()
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('200').first().waitFor()
    await page
      .getByText(/"(display_name|login)"/)
      .first()
      .waitFor()
    await expectAccessible(grantdesk, 'a response')
    await grantdesk.screenshot(`${service}-request`)
  })

  it('refreshes: another token, the same connection', async () => {
    const { page } = grantdesk
    await page.getByRole('button', { name: 'Refresh', exact: true }).click()
    await page
      .getByText(/new access token/i)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Copy token' }).click()
    await expect.poll(() => clipboardOf(grantdesk)).not.toMatch(/^curl|^$/)
    const token = await clipboardOf(grantdesk)
    expect(secrets).not.toContain(token)
    secrets.push(token)
  })

  it('renames, finds, removes and puts back', async () => {
    const { page } = grantdesk
    await page.getByRole('button', { name: 'Rename' }).click()
    await page.getByRole('textbox', { name: /name/i }).fill('Work account')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Work account' }).waitFor()
    await page.getByPlaceholder('Search', { exact: true }).fill('no such connection')
    await page.getByText('No connection matches.').waitFor()
    await page.getByPlaceholder('Search', { exact: true }).fill('work')
    await page.getByRole('button', { name: /^Work account.*active$/ }).waitFor()
    await page.getByPlaceholder('Search', { exact: true }).fill('')
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: /^Work account.*active$/ }).click()
    await page.getByRole('heading', { name: 'Work account' }).waitFor()
    await grantdesk.screenshot(`${service}-renamed`)
  })

  it('revokes, and has asked the API', async () => {
    const { page } = grantdesk
    await page.getByRole('button', { name: 'Revoke', exact: true }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
    await page.getByText('The API refuses the access token now.').first().waitFor()
    await expectAccessible(grantdesk, 'a revoked connection')
    await grantdesk.screenshot(`${service}-revoked`)
  })

  it('has recorded every flow, each step with its request and response', async () => {
    const { page } = grantdesk
    await page.getByRole('button', { name: 'Flows', exact: true }).click()
    await page
      .getByRole('button', { name: /Revoke/ })
      .first()
      .click()
    await page.getByText('Revoke the refresh token').first().click()
    await page
      .getByText(/refresh_token:[0-9a-f]{8}/)
      .first()
      .waitFor()
    await expectAccessible(grantdesk, 'a flow')
    await grantdesk.screenshot(`${service}-flow`)
  })

  it.each(['Inventory', 'Services', 'Settings'])('%s is accessible', async (name) => {
    await grantdesk.page.getByRole('button', { name, exact: true }).click()
    await grantdesk.page.getByRole('heading', { name }).first().waitFor()
    await expectAccessible(grantdesk, name)
    await grantdesk.screenshot(`${service}-${name}`)
  })

  it('is still there when the tab is loaded again', async () => {
    const { page } = grantdesk
    await page.reload()
    await page.getByRole('button', { name: /^Work account.*revoked$/ }).waitFor()
  })

  it('has let no secret out: not at the door, the page, the terminal or the disk', async () => {
    const { page, home } = grantdesk
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
    const places = {
      traffic: grantdesk.traffic.join('\n'),
      page: await page.content(),
      stored,
      output: grantdesk.output(),
    }
    expect(places.traffic).toContain('Work account')
    for (const [place, text] of Object.entries(places)) {
      for (const secret of secrets) expect(text.includes(secret), `a secret in the ${place}`).toBe(false)
    }
    const folder = join(home, 'vault')
    for (const file of readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())) {
      const bytes = readFileSync(join(file.parentPath, file.name), 'latin1')
      for (const secret of secrets) expect(bytes.includes(secret), `a secret in ${file.name}`).toBe(false)
    }
    expect(secrets.length).toBe(4)
  })
})
