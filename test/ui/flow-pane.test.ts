// The flow beside the screen: its address, when it opens by itself, how wide it is, and what a step of it says.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { clipboardOf, connect, expectAccessible, makeVault, startPractice } from './person.ts'
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

  async function toConnection() {
    await grantdesk.page.locator('[data-row]').first().click()
    await grantdesk.page.getByRole('tab', { name: 'Token' }).waitFor()
  }

  async function send(path: string) {
    const { page } = grantdesk
    await page.getByRole('tab', { name: 'Requests' }).click()
    await page.getByLabel('Path', { exact: true }).fill(path)
    await page.keyboard.press('Enter')
  }

  it('opens by itself on what was just done, and keeps the focus where it was', async () => {
    const { page } = grantdesk
    await toConnection()
    expect(await pane().count()).toBe(0)
    await page.getByRole('button', { name: 'Refresh', exact: true }).click()
    await pane()
      .getByRole('heading', { name: /^Refresh/ })
      .waitFor()
    await send('/users/current.json')
    await pane()
      .getByRole('heading', { name: /^GET \/users\/current.json/ })
      .waitFor()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Path')
    await expectAccessible(grantdesk, 'a flow that opened by itself')
    await grantdesk.screenshot('pane-opened-itself')
  })

  it('stays closed where it was closed, until something fails, which opens it at the step that failed', async () => {
    const { page } = grantdesk
    await page.getByRole('button', { name: 'Close flow' }).click()
    await page.getByRole('button', { name: 'Refresh', exact: true }).click()
    await page
      .getByText(/new access token/)
      .first()
      .waitFor()
    expect(await pane().count()).toBe(0)
    await send('/nothing-here.json')
    await pane()
      .getByRole('region', { name: /^Step \d+: / })
      .getByText('404')
      .first()
      .waitFor()
    await grantdesk.screenshot('pane-failed')
  })

  it('opens by nothing but a button in a narrow window, where a failure leads to it', async () => {
    const { page } = grantdesk
    await page.getByRole('button', { name: 'Close flow' }).click()
    await page.setViewportSize({ width: 1200, height: 900 })
    await send('/nothing-here-either.json')
    await page.getByRole('region', { name: 'Response' }).getByText('404').first().waitFor()
    expect(await pane().count()).toBe(0)
    await page
      .getByRole('button', { name: /^Show (the )?flow/ })
      .last()
      .click()
    await pane()
      .getByRole('heading', { name: /nothing-here-either/ })
      .waitFor()
    await page.setViewportSize({ width: 1600, height: 900 })
  })

  const handle = () => grantdesk.page.getByRole('separator', { name: 'Width of the flow' })
  const width = async () => Math.round((await pane().boundingBox())?.width ?? 0)

  it('is made wider and narrower by keys and by dragging, and stays so through a reload', async () => {
    const { page } = grantdesk
    const usual = await width()
    await handle().focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(width).toBeGreaterThan(usual + 50)
    expect(Number(await handle().getAttribute('aria-valuenow'))).toBeGreaterThan(usual + 50)
    await page.keyboard.press('Home')
    await expect.poll(width).toBe(360)
    await page.keyboard.press('End')
    await expect.poll(width).toBe(1600 - 272 - 420)
    await expectAccessible(grantdesk, 'a wide flow')
    await grantdesk.screenshot('pane-wide')
    await page.mouse.move(1600 - 908, 500)
    await page.mouse.down()
    await page.mouse.move(900, 500, { steps: 4 })
    await page.mouse.up()
    await page.mouse.move(1000, 500)
    await expect.poll(width).toBe(700)
    await page.reload()
    await pane().waitFor()
    await expect.poll(width).toBe(700)
    await handle().dblclick()
    await expect.poll(width).toBe(usual)
  })

  it('takes the whole page by one key or a button, and Escape gives it back', async () => {
    const { page } = grantdesk
    const usual = await width()
    await page.keyboard.press('ControlOrMeta+Shift+F')
    await expect.poll(width).toBe(1600)
    expect(await page.getByRole('tab', { name: 'Token' }).isVisible()).toBe(false)
    expect(await handle().count()).toBe(0)
    await expectAccessible(grantdesk, 'a flow on the whole page')
    await grantdesk.screenshot('pane-whole')
    await page.keyboard.press('Escape')
    await expect.poll(width).toBe(usual)
    await page.getByRole('button', { name: 'Show the flow on the whole page' }).click()
    await expect.poll(width).toBe(1600)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    expect(await pane().count()).toBe(0)
    await page.getByRole('tab', { name: 'Token' }).waitFor()
  })

  it('says what each parameter of a step is for, copies it, and shows and copies the request', async () => {
    const { page } = grantdesk
    await page.getByRole('button', { name: 'Flows', exact: true }).first().click()
    await page
      .getByRole('table', { name: 'Flows' })
      .getByRole('button', { name: /^Connect Planio/ })
      .first()
      .click()
    await page.getByRole('button', { name: /^Step 1, Authorization request/ }).click()
    const first = page.getByRole('region', { name: 'Step 1: Authorization request' })
    await first.getByText('Which app asks; public (RFC 6749 §2.2)').waitFor()
    await first.getByRole('button', { name: 'Copy client_id' }).click()
    expect(await clipboardOf(grantdesk)).toMatch(/^\S+$/)
    await expectAccessible(grantdesk, 'a step with its parameters')
    await grantdesk.screenshot('step-parameters')

    await page
      .getByRole('button', { name: /^Step \d+, .*POST .*token/ })
      .first()
      .click()
    const exchange = page.getByRole('region', { name: /^Step \d+: .*token/i }).first()
    await exchange.getByText('The secret behind the code challenge (RFC 7636 §4.5)').waitFor()
    await exchange.getByRole('button', { name: 'Copy as curl' }).click()
    const curl = await clipboardOf(grantdesk)
    expect(curl).toMatch(/^curl \\\n {2}--request POST/)
    expect(curl).toContain('code_verifier=\'"$GRANTDESK_CODE_VERIFIER"')
    await exchange.getByRole('button', { name: 'Raw request' }).click()
    await exchange
      .getByRole('region', { name: 'Request as recorded' })
      .or(exchange.getByLabel('Request as recorded'))
      .first()
      .waitFor()
    await expectAccessible(grantdesk, 'a request as recorded')
    await grantdesk.screenshot('step-raw')
  })
})
