// The flow beside the screen: its address.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { connect, makeVault, startPractice } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

const suite = findChromium() ? describe : describe.skip

suite('the flow beside the screen', () => {
  let grantdesk: ServedApp

  beforeAll(async () => {
    grantdesk = await openServedApp({ width: 1600, height: 900 })
    await makeVault(grantdesk)
    await startPractice(grantdesk)
    await connect(grantdesk, 'planio', 'ada')
  })

  afterAll(() => grantdesk?.close())

  const pane = () => grantdesk.page.getByRole('region', { name: 'Flow', exact: true })
  const fragment = () => new URL(grantdesk.page.url()).hash

  it('has an address that survives a reload, and back and forward', async () => {
    const { page } = grantdesk
    const [connection] = (await grantdesk.ask('app.snapshot', {})).connections
    expect(fragment()).toBe(`#/connection/${connection?.id}`)
    await page.getByRole('button', { name: 'Flows', exact: true }).first().click()
    await page
      .getByRole('table', { name: 'Flows' })
      .getByRole('button', { name: /^Connect Planio/ })
      .first()
      .click()
    const heading = pane().getByRole('heading', { name: /^Connect Planio/ })
    await heading.waitFor()
    const address = fragment()
    expect(address).toMatch(/^#\/flow\/[\w-]+$/)

    await page.reload()
    await heading.waitFor()
    await page.getByRole('heading', { name: 'Flows' }).waitFor()
    expect(fragment()).toBe(address)

    await page.goBack()
    await expect.poll(() => pane().count()).toBe(0)
    expect(fragment()).toBe('#/flows')
    await page.goBack()
    await page.getByRole('tab', { name: 'Token' }).waitFor()
    await page.keyboard.press('Alt+ArrowRight')
    await page.keyboard.press('Alt+ArrowRight')
    await heading.waitFor()
    expect(fragment()).toBe(address)
  })

  it('is opened by its address, which one that leads nowhere does not change', async () => {
    const { page } = grantdesk
    const address = fragment()
    await page.getByRole('button', { name: 'Settings', exact: true }).first().click()
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
    await page.evaluate((hash) => location.assign(hash), address)
    await pane()
      .getByRole('heading', { name: /^Connect Planio/ })
      .waitFor()
    await page.evaluate(() => location.assign('#/nowhere'))
    await pane()
      .getByRole('heading', { name: /^Connect Planio/ })
      .waitFor()
    await page.evaluate(() => location.assign('#/flow/gone'))
    await page.getByText('This flow cannot be shown.').waitFor()
    await page.getByRole('button', { name: 'Close flow' }).click()
    expect(fragment()).toBe('#/flows')
  })
})
