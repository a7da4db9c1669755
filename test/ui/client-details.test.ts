// A client changed in one place for all its connections, and the practice services' quirks: real Chromium, the served app.
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { nextAddress } from '../support/system-browser.ts'
import { expectAccessible, makeVault, startPractice } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

describe.skipIf(findChromium() === null)('a client in the window', () => {
  let grantdesk: ServedApp
  let birdview = ''

  beforeAll(async () => {
    grantdesk = await openServedApp()
    await makeVault(grantdesk)
    await startPractice(grantdesk)
  })
  afterAll(() => grantdesk?.close())

  const press = (name: string) => grantdesk.page.getByRole('button', { name, exact: true }).first().click()

  async function connectAs(user: string) {
    const { page } = grantdesk
    await press('Grantdesk overview')
    await press('Connect Birdview')
    await press('Choose another way in')
    await page.getByRole('radio', { name: /^Client credentials/ }).check()
    await press('Continue')
    await page.getByLabel('User id').fill(user)
    await press('Connect')
    await press('Show connection')
    await page.getByRole('tab', { name: 'Token' }).waitFor()
  }

  async function openClient(act: string) {
    const { page } = grantdesk
    await press('Grantdesk overview')
    await press('Services')
    await page.getByRole('heading', { name: 'Built in' }).waitFor()
    await page.getByRole('button', { name: /^Birdview/, expanded: false }).click()
    await press('Actions for Practice Birdview')
    await page.getByRole('menuitem', { name: act }).click()
    await page.getByRole('dialog').waitFor()
  }

  /** What the service's own page of clients does: the old secret stops working. */
  async function resetAtService(): Promise<string> {
    const form = new URLSearchParams({ client: 'birdview-practice-app', do: 'reset' })
    const answer = await fetch(`${birdview}/integrations/oauthclients`, { method: 'POST', body: form })
    return /id="client_secret">([^<]+)</.exec(await answer.text())?.[1] ?? ''
  }

  async function quirk(id: string, on: boolean) {
    const body = JSON.stringify({ [id]: on })
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${birdview}/practice/quirks.json`, { method: 'POST', headers, body })
    expect(answer.ok).toBe(true)
  }

  it('leads to each practice service’s quirks, in the system’s browser', async () => {
    const { home } = grantdesk
    await press('Grantdesk overview')
    await expectAccessible(grantdesk, 'the practice services with their quirks')
    await grantdesk.screenshot('details-quirks')
    await press('Quirks of Birdview')
    const address = await nextAddress(join(home, 'bin', 'opened'), 0)
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/practice\/quirks$/)
    birdview = new URL(address).origin
    expect(await (await fetch(address)).text()).toContain('Birdview')
  })

  it('has its PKCE and its redirect changed, with a warning where one gives something away', async () => {
    const { page } = grantdesk
    await openClient('Edit client')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('PKCE').selectOption('off')
    await dialog.getByText('Without PKCE anybody who reads the redirect').waitFor()
    await dialog.getByLabel('Redirect URI to register').fill('http://localhost:3000/oauth/callback')
    await expectAccessible(grantdesk, 'a client without PKCE')
    await grantdesk.screenshot('details-client-form')
    await press('Save client')
    await dialog.waitFor({ state: 'detached' })
    await openClient('Edit client')
    expect(await dialog.getByLabel('PKCE').inputValue()).toBe('off')
    expect(await dialog.getByLabel('Redirect URI to register').inputValue()).toBe(
      'http://localhost:3000/oauth/callback',
    )
    await press('Cancel')
  })

  it('says on its row that PKCE is off, and uses it again by one click', async () => {
    const { page } = grantdesk
    await page.getByText('PKCE off: anybody who reads the redirect can use the code.').waitFor()
    await expectAccessible(grantdesk, 'the row of a client without PKCE')
    await grantdesk.screenshot('details-client-pkce-off')
    await page.getByRole('button', { name: /^Use PKCE S256 for / }).click()
    await page.getByText('PKCE off').waitFor({ state: 'detached' })
  })

  it('has its secret replaced for all its connections, and those that fail afterwards stand first', async () => {
    const { page } = grantdesk
    await connectAs('7')
    await connectAs('8')
    const secret = await resetAtService()
    await openClient('Replace secret')
    await page.getByText('2 connections will refresh with the new secret').waitFor()
    await page.getByLabel('New client secret').fill('not-the-one')
    await press('Replace secret')
    await page.getByText('The service refuses 2 of 2 connections').waitFor()
    expect(await page.getByRole('list', { name: 'Results' }).getByText(': refused').count()).toBe(2)
    await expectAccessible(grantdesk, 'connections that a client’s new secret breaks')
    await grantdesk.screenshot('details-secret-refused')
    await press('Enter it again')
    await page.getByLabel('New client secret').fill('not-this-one-either')
    await press('Replace secret')
    await page.getByText('The service refuses 2 of 2 connections').waitFor()
    await page
      .getByRole('list', { name: 'Results' })
      .getByRole('button', { name: /^Open / })
      .first()
      .click()
    await page.getByText('This connection needs attention.').waitFor()
    await expectAccessible(grantdesk, 'a connection whose client is refused')
    await grantdesk.screenshot('details-client-refused')
    await press('Replace the client’s secret')
    await page.getByLabel('New client secret').fill(secret)
    await press('Replace secret')
    await page.getByText('The service refused none.').waitFor()
    expect(await page.getByRole('list', { name: 'Results' }).getByText(': works').count()).toBe(2)
    expect(grantdesk.traffic.join('\n')).not.toContain(secret)
    await press('Close')
    await page.getByText('This connection needs attention.').waitFor({ state: 'detached' })
    await press('Practice Birdview')
    await page.getByRole('button', { name: 'Actions for Practice Birdview' }).waitFor()
  })

  it('that may not use the grant says what to switch on, and opens the page where that is done', async () => {
    const { page } = grantdesk
    const form = (act: string) => new URLSearchParams({ client: 'birdview-practice-app', do: act })
    const send = (act: string) =>
      fetch(`${birdview}/integrations/oauthclients`, { method: 'POST', body: form(act), redirect: 'manual' })
    await send('disallow')
    await press('Grantdesk overview')
    await page.getByText('Ada · Birdview').first().click()
    await press('Refresh')
    await page.getByText('Switch on “Allow client credentials grant authorization”').first().waitFor()
    expect(await page.getByRole('button', { name: /^Try with/ }).count()).toBe(0)
    await expectAccessible(grantdesk, 'a client that may not use the grant')
    await grantdesk.screenshot('details-grant-forbidden')
    await page.getByRole('button', { name: 'Open the service’s page' }).waitFor()
    await send('allow')
    await press('Refresh')
    await page.getByText('This connection needs attention.').waitFor({ state: 'detached' })
  })

  it('is tried with another authentication after a refresh that it was refused, and has the one that worked', async () => {
    const { page } = grantdesk
    await press('Grantdesk overview')
    await press('Connect Birdview')
    await press('Choose another way in')
    await page.getByRole('radio', { name: /^Password/ }).check()
    await press('Continue')
    await page.getByLabel('User name').fill('ada')
    await page.getByLabel('Password', { exact: true }).fill('ada-practice')
    await press('Connect')
    await press('Show connection')
    await quirk('basic-only', true)
    await press('Refresh')
    await page.getByText('This connection needs attention.').waitFor()
    expect(await page.getByText('The refresh failed.').count()).toBe(0)
    await expectAccessible(grantdesk, 'a refresh that another authentication would cure')
    await grantdesk.screenshot('details-try-with')
    await quirk('body-only', true)
    await press('Try with: HTTP Basic (client_secret_basic)')
    await page.getByText('At some servers a refused client authentication ends the grant').waitFor()
    await expectAccessible(grantdesk, 'what another authentication may cost')
    await grantdesk.screenshot('details-try-asked')
    await press('Cancel')
    expect(await page.getByText(/^Tried without success/).count()).toBe(0)
    await press('Try with: HTTP Basic (client_secret_basic)')
    await press('Try it')
    await page.getByText(/^Tried without success: HTTP Basic \(client_secret_basic\)\./).waitFor()
    await expectAccessible(grantdesk, 'another authentication that is refused too')
    await grantdesk.screenshot('details-tried')
    await quirk('basic-only', true)
    await press('Try with: HTTP Basic, not form-encoded')
    await press('Try it')
    await page.getByText('Refreshed. Practice Birdview from now on: HTTP Basic, not form-encoded.').waitFor()
    await page.getByText('This connection needs attention.').waitFor({ state: 'detached' })
    await openClient('Edit client')
    expect(await page.getByRole('combobox', { name: 'Client authentication', exact: true }).inputValue()).toBe(
      'HTTP Basic, not form-encoded',
    )
    await press('Cancel')
  })
})
