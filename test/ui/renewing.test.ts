// Renewing by itself as a person sees it: the switch on the Token tab, real Chromium, the served app.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { connect, expectAccessible, makeVault } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

describe.skipIf(findChromium() === null)('renewing by itself', () => {
  let grantdesk: ServedApp

  beforeAll(async () => {
    grantdesk = await openServedApp()
    await makeVault(grantdesk)
    await connect(grantdesk, 'planio', 'ada')
  })
  afterAll(() => grantdesk?.close())

  it('is on, can be turned off where the refresh token stands, and stays off', async () => {
    const { page } = grantdesk
    const choice = page.getByRole('switch', { name: 'Renew by itself' })
    await choice.waitFor()
    expect(await choice.isChecked()).toBe(true)
    await expectAccessible(grantdesk, 'the switch')
    await grantdesk.screenshot('renewing-on')
    await choice.focus()
    await page.keyboard.press('Space')
    await page.getByText('Off: a new access token is asked for only when one is needed.').waitFor()
    await page.reload()
    await page.locator('[data-row]').first().click()
    await choice.waitFor()
    expect(await choice.isChecked()).toBe(false)
    await page.getByRole('tab', { name: 'History' }).click()
    await page.getByText('No longer renewed by itself').waitFor()
  })

  it('turns its spinner in the middle of the button, also where nothing may move', async () => {
    const { page } = grantdesk
    // Never answered, so that it goes on turning.
    await page.route('**/door', (route) =>
      route.request().postData()?.includes('"connections.revoke"') ? undefined : route.fallback(),
    )
    await page.getByRole('button', { name: 'Revoke', exact: true }).click()
    const button = page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true })
    await button.click()
    const middle = async (of: typeof button) => {
      const { x, y, width, height } = (await of.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
      return { x: x + width / 2, y: y + height / 2 }
    }
    const [spinner, whole] = [await middle(button.locator('.mantine-Button-loader')), await middle(button)]
    expect(Math.abs(spinner.x - whole.x)).toBeLessThan(1)
    expect(Math.abs(spinner.y - whole.y)).toBeLessThan(1.5)
    await grantdesk.screenshot('renewing-spinner')
  })
})
