// Short messages about what ended elsewhere, and the row of a stored client: neither is in the way of the other's fields.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { connect, expectAccessible, makeVault } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

describe.skipIf(findChromium() === null)('beside a form', () => {
  let grantdesk: ServedApp
  beforeAll(async () => {
    grantdesk = await openServedApp()
    await makeVault(grantdesk)
    await connect(grantdesk, 'plane', 'ada')
  })
  afterAll(() => grantdesk?.close())

  /** An attempt that somebody ends while another screen stands there. */
  async function denyElsewhere() {
    const { page } = grantdesk
    await page.getByRole('button', { name: 'Reconnect', exact: true }).click()
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('heading', { name: 'Waiting' }).or(page.getByText('Waiting for')).first().waitFor()
    await page.getByRole('button', { name: /^ada/ }).first().click()
    await grantdesk.consent('Deny', 'ada')
  }

  it('two messages stand at a time, over no field, and the others are counted', async () => {
    const { page } = grantdesk
    const messages = page.getByText(/was not connected/)
    for (let time = 0; time < 3; time += 1) await denyElsewhere()
    await page.getByRole('button', { name: '1 more' }).waitFor()
    expect(await messages.filter({ visible: true }).count()).toBe(2)
    await page.getByRole('button', { name: '1 more' }).click()
    expect(await messages.filter({ visible: true }).count()).toBe(3)
    await messages.last().hover()
    await expectAccessible(grantdesk, 'messages')
    await grantdesk.screenshot('messages')
    const search = await page.getByPlaceholder('Search').first().boundingBox()
    expect((await page.getByRole('button', { name: 'Dismiss' }).first().boundingBox())?.y).toBeGreaterThan(
      (search?.y ?? 0) + (search?.height ?? 0),
    )
    const screen = await page.getByRole('tabpanel').boundingBox()
    const region = await messages.last().boundingBox()
    expect((region?.x ?? 0) + (region?.width ?? 0)).toBeLessThan(screen?.x ?? 0)
    await page.setViewportSize({ width: 420, height: 860 })
    const [main, message] = [await page.getByRole('main').boundingBox(), await messages.last().boundingBox()]
    expect(message?.y ?? 0).toBeGreaterThanOrEqual((main?.y ?? 0) + (main?.height ?? 0))
    await page.setViewportSize({ width: 1280, height: 800 })
  })

  it('a stored client is chosen by its whole row, and its client id is part of its name', async () => {
    const { page } = grantdesk
    await page.getByRole('button', { name: 'Reconnect', exact: true }).click()
    await page.getByRole('button', { name: 'Back', exact: true }).click()
    const stored = page.getByRole('radio', { name: /^Practice Plane plane-practice-app at 127/ })
    await page.getByRole('radio', { name: 'A new client' }).check()
    expect(await stored.isChecked()).toBe(false)
    await page.getByRole('radiogroup', { name: 'Client' }).getByText('plane-practice-app').click()
    expect(await stored.isChecked()).toBe(true)
    await page.getByRole('radio', { name: 'A new client' }).check()
    const row = await page.getByRole('radiogroup', { name: 'Client' }).locator('label').first().boundingBox()
    await page.mouse.click((row?.x ?? 0) + (row?.width ?? 0) - 4, (row?.y ?? 0) + 4)
    expect(await stored.isChecked()).toBe(true)
    await expectAccessible(grantdesk, 'the stored clients')
    await grantdesk.screenshot('stored-clients')
  })
})
