// Where somebody signs in from a served tab: in a tab of this browser, opened by the click that begins the attempt, without the
// host's browser; by the link where the browser lets none be opened.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { openedAddresses } from '../support/system-browser.ts'
import { beginConnecting, expectAccessible, makeVault, startPractice } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

describe.skipIf(findChromium() === null)('signing in from a served tab', () => {
  let grantdesk: ServedApp

  beforeAll(async () => {
    grantdesk = await openServedApp({ keepsTabs: true })
    await makeVault(grantdesk)
    await startPractice(grantdesk)
  })
  afterAll(() => grantdesk?.close())

  it('happens in a tab that the click opens, which cannot reach back', async () => {
    const { page } = grantdesk
    const opening = page.waitForEvent('popup')
    await beginConnecting(grantdesk, 'Planio')
    const tab = await opening
    await tab.getByLabel('Account').selectOption('ada')
    expect(await tab.evaluate(() => window.opener)).toBeNull()
    expect(await tab.evaluate(() => document.referrer)).toBe('')
    await tab.getByRole('button', { name: 'Allow', exact: true }).click()
    await tab.getByText('Grantdesk has the answer').waitFor()
    await page.getByText('Connected', { exact: true }).waitFor()
    expect(openedAddresses(grantdesk.opened)).toEqual([])
    await page.getByRole('button', { name: 'Show connection' }).click()
    await page.getByRole('tab', { name: 'Token' }).waitFor()
  })

  it('closes the tab again where the attempt fails at once', async () => {
    const { page } = grantdesk
    await page.route('**/door', (route) =>
      route.request().postData()?.includes('"connect.start"') ? route.abort() : route.fallback(),
    )
    const opening = page.waitForEvent('popup')
    await beginConnecting(grantdesk, 'Planio')
    const tab = await opening
    if (!tab.isClosed()) await tab.waitForEvent('close')
    await page.getByText('The connection could not be started.').waitFor()
    await page.unroute('**/door')
  })

  it('is left to the link where the browser blocks the tab', async () => {
    const { page } = grantdesk
    await page.evaluate(() => {
      window.open = () => null
    })
    await beginConnecting(grantdesk, 'Planio')
    await page.getByText('Open the address below in a browser, sign in there and allow the access.').waitFor()
    const link = page.getByRole('link', { name: 'Open in this browser' })
    expect(await link.getAttribute('rel')).toContain('noopener')
    expect(openedAddresses(grantdesk.opened)).toEqual([])
    await expectAccessible(grantdesk, 'an attempt whose tab was blocked')
    await grantdesk.screenshot('visit-tab-blocked')
    await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  })
})
