// Renewing by itself as a person sees it: the switch on the Token tab, real Chromium, the served app.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { allow, beginConnecting, expectAccessible, makeVault, startPractice } from './person.ts'
import { openServedDesk, type ServedDesk } from './served-desk.ts'

describe.skipIf(findChromium() === null)('renewing by itself', () => {
  let desk: ServedDesk

  beforeAll(async () => {
    desk = await openServedDesk()
    await makeVault(desk)
    await startPractice(desk)
    await beginConnecting(desk, 'Planio')
    await allow(desk, 'ada')
  })
  afterAll(() => desk?.close())

  it('is on, can be turned off where the refresh token stands, and stays off', async () => {
    const { page } = desk
    const choice = page.getByRole('switch', { name: 'Renew by itself' })
    await choice.waitFor()
    expect(await choice.isChecked()).toBe(true)
    await expectAccessible(desk, 'the switch')
    await desk.screenshot('renewing-on')
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
})
