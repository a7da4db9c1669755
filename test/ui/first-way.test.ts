// The first complete way through, in a real Chromium, as a newcomer goes it: light and dark, Plane and Planio.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { allow, beginConnecting, clipboardOf, expectAccessible, makeVault, startPractice } from './person.ts'
import { openServedDesk, passphrase, type ServedDesk } from './served-desk.ts'

const suite = findChromium() ? describe : describe.skip
const ways = [
  { service: 'Plane', colorScheme: 'light' as const, clientSecret: 'plane-practice-secret' },
  { service: 'Planio', colorScheme: 'dark' as const, clientSecret: 'planio-practice-secret' },
]

suite.each(ways)('$service in $colorScheme', ({ service, colorScheme, clientSecret }) => {
  let desk: ServedDesk
  const secrets: string[] = [passphrase, clientSecret]

  beforeAll(async () => {
    desk = await openServedDesk({ colorScheme })
  })

  afterAll(() => desk?.close())

  it('asks for a passphrase where there is no keychain, and says why', async () => {
    await desk.page.getByText('No keychain can be reached').waitFor()
    await expectAccessible(desk, 'the gate')
    await makeVault(desk)
    await expectAccessible(desk, 'the first screen')
  })

  it('starts the practice services from the first screen', async () => {
    await startPractice(desk)
    await expectAccessible(desk, 'the first screen with practice services')
  })

  it('shows the server’s words when the person denies', async () => {
    const { page } = desk
    await beginConnecting(desk, service)
    await desk.consent('Deny')
    await page.getByText('access_denied').first().waitFor()
    await expectAccessible(desk, 'a denied attempt')
    await desk.screenshot(`${service}-denied`)
  })

  it('tries again, connects, and lists the connection with its account, scopes and expiry', async () => {
    const { page } = desk
    await page.getByRole('button', { name: 'Try again' }).click()
    await allow(desk, 'ada')
    await page.getByRole('heading', { name: /^ada/i }).waitFor()
    await page.getByRole('tab', { name: 'Scopes' }).click()
    await expectAccessible(desk, 'the scopes')
    await desk.screenshot(`${service}-scopes`)
    await page.getByRole('tab', { name: 'Token' }).click()
    await expectAccessible(desk, 'the token')
    await desk.screenshot(`${service}-token`)
  })

  it('keeps the token hidden until it is revealed, and hides it again', async () => {
    const { page } = desk
    await page.getByRole('button', { name: 'Copy token' }).click()
    await expect.poll(() => clipboardOf(desk)).not.toBe('')
    const token = await clipboardOf(desk)
    secrets.push(token)
    expect(await page.content()).not.toContain(token)
    await page.getByRole('button', { name: 'Reveal', exact: true }).click()
    await page.getByText(token).first().waitFor()
    await page.getByRole('button', { name: 'Hide', exact: true }).click()
    await expect.poll(() => page.content()).not.toContain(token)
    await page.getByRole('button', { name: 'Copy header' }).click()
    await expect.poll(() => clipboardOf(desk)).toBe(`Authorization: Bearer ${token}`)
    await page.getByRole('button', { name: 'Copy as curl' }).click()
    await expect.poll(() => clipboardOf(desk)).toMatch(/^curl /)
  })

  it('sends a test request', async () => {
    const { page } = desk
    await page.getByRole('tab', { name: 'Requests' }).click()
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('200').first().waitFor()
    await page
      .getByText(/"(display_name|login)"/)
      .first()
      .waitFor()
    await expectAccessible(desk, 'a response')
    await desk.screenshot(`${service}-request`)
  })

  it('refreshes: another token, the same connection', async () => {
    const { page } = desk
    await page.getByRole('button', { name: 'Refresh', exact: true }).click()
    await page
      .getByText(/new access token/i)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Copy token' }).click()
    await expect.poll(() => clipboardOf(desk)).not.toMatch(/^curl|^$/)
    const token = await clipboardOf(desk)
    expect(secrets).not.toContain(token)
    secrets.push(token)
  })

  it('renames, finds, removes and puts back', async () => {
    const { page } = desk
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
    await desk.screenshot(`${service}-renamed`)
  })

  it('revokes, and has asked the API', async () => {
    const { page } = desk
    await page.getByRole('button', { name: 'Revoke', exact: true }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
    await page.getByText('The API refuses the access token now.').first().waitFor()
    await expectAccessible(desk, 'a revoked connection')
    await desk.screenshot(`${service}-revoked`)
  })

  it('has recorded every flow, each step with its request and response', async () => {
    const { page } = desk
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
    await expectAccessible(desk, 'a flow')
    await desk.screenshot(`${service}-flow`)
  })

  it.each(['Inventory', 'Services', 'Settings'])('%s is accessible', async (name) => {
    await desk.page.getByRole('button', { name, exact: true }).click()
    await desk.page.getByRole('heading', { name }).first().waitFor()
    await expectAccessible(desk, name)
    await desk.screenshot(`${service}-${name}`)
  })

  it('is still there when the tab is loaded again', async () => {
    const { page } = desk
    await page.reload()
    await page.getByRole('button', { name: /^Work account.*revoked$/ }).waitFor()
  })

  it('has let no secret out: not at the door, the page, the terminal or the disk', async () => {
    const { page, home } = desk
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
    const places = { traffic: desk.traffic.join('\n'), page: await page.content(), stored, output: desk.output() }
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
