// A client's redirect URI on the screen: typed as it is registered, sent to the character, and its answer taken or pasted. Real
// Chromium, the served app, the practice services.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { freePort } from '../support/foreign-server.ts'
import { nextAddress, openedAddresses } from '../support/system-browser.ts'
import { expectAccessible, makeVault, startPractice } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

describe.skipIf(findChromium() === null)('the redirect URI of a client', () => {
  let grantdesk: ServedApp

  beforeAll(async () => {
    grantdesk = await openServedApp()
    await makeVault(grantdesk)
    await startPractice(grantdesk)
  })
  afterAll(() => grantdesk?.close())

  const press = (name: string) => grantdesk.page.getByRole('button', { name, exact: true }).first().click()
  const field = () => grantdesk.page.getByLabel('Redirect URI to register')

  /** To the client of practice Planio, about to be changed. */
  async function changeClient() {
    await press('Grantdesk overview')
    await press('Connect Planio')
    await press('Choose another way in')
    await press('Change this client')
    await field().waitFor()
  }

  async function sentRedirectUri(known: number): Promise<string> {
    const address = await nextAddress(grantdesk.opened, known)
    return new URL(address).searchParams.get('redirect_uri') ?? ''
  }

  it('is typed as it is registered, and what can be none is told beside it', async () => {
    const { page } = grantdesk
    await changeClient()
    await page.getByText('otherwise to the character').waitFor()
    await field().fill('/oauth/callback')
    await press('Continue')
    await page.getByText('This is not a complete redirect URI. It begins with a scheme').waitFor()
    await field().fill('http://localhost/oauth/callback')
    expect(await page.getByLabel('Any free port').isChecked()).toBe(true)
    await field().fill('http://localhost:3000/oauth/callback')
    expect(await page.getByLabel('Any free port').isChecked()).toBe(false)
    await page.getByText('exactly this is sent, to the character').waitFor()
    await expectAccessible(grantdesk, 'a redirect URI on this machine')
    await grantdesk.screenshot('redirect-uri')
  })

  it('on localhost is sent to the character and listened for', async () => {
    const { page } = grantdesk
    const uri = `http://localhost:${await freePort()}/oauth/callback`
    await changeClient()
    await field().fill(uri)
    await press('Continue')
    const known = openedAddresses(grantdesk.opened).length
    await press('Connect')
    expect(await sentRedirectUri(known)).toBe(uri)
    expect(await grantdesk.consent('Allow', 'ada')).toContain('Grantdesk has the answer')
    await page.getByText('Connected', { exact: true }).waitFor()
  })

  it('elsewhere is offered rules that forward its answers, and the address that the browser ends at is pasted', async () => {
    const { page } = grantdesk
    await changeClient()
    await field().fill('https://app.example.com/oauth/callback')
    await press('Forward answers from there')
    expect(await page.getByLabel('Forwarding rule').textContent()).toContain('location = /oauth/callback { return 307')
    await page.getByText('Netlify', { exact: true }).click()
    expect(await page.getByLabel('Forwarding rule').textContent()).toContain('302!')
    await expectAccessible(grantdesk, 'the rules that forward answers')
    await grantdesk.screenshot('redirect-uri-elsewhere')
    await press('Continue')
    const known = openedAddresses(grantdesk.opened).length
    await press('Connect')
    expect(await sentRedirectUri(known)).toBe('https://app.example.com/oauth/callback')
    await page.getByText('Waiting for the address to be pasted').waitFor()
    const link = page.getByRole('link', { name: 'Open in this browser' })
    expect(await link.getAttribute('href')).toBe(await nextAddress(grantdesk.opened, known))
    expect(await link.getAttribute('rel')).toContain('noopener')
    await page.getByText('After consent the browser ends at https://app.example.com/oauth/callback.').waitFor()
    await expectAccessible(grantdesk, 'the field for a pasted address')
    await grantdesk.screenshot('redirect-uri-pasting')
    await page.keyboard.type(await answeredAddress(known))
    await page.keyboard.press('Enter')
    await page.getByText('Connected', { exact: true }).waitFor()
  })

  /** Where the practice service sends the browser once the person allowed it. */
  async function answeredAddress(known: number): Promise<string> {
    const url = await nextAddress(grantdesk.opened, known)
    const person = await grantdesk.page.context().browser()?.newContext()
    if (!person) throw new Error('This Chromium has one person alone.')
    try {
      const tab = await person.newPage()
      await tab.goto(url)
      const answer = tab.waitForRequest((request) => request.url().startsWith('https://app.example.com/'))
      await tab.getByRole('button', { name: 'Allow', exact: true }).click()
      return (await answer).url()
    } finally {
      await person.close()
    }
  }
})
