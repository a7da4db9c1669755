// A flow as a sequence diagram: while it happens, when it has failed, by keyboard, narrow, and as files.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Download, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { beginConnecting, connect, expectAccessible, makeVault, startPractice } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

const suite = findChromium() ? describe : describe.skip

suite('the sequence diagram of a flow', () => {
  let grantdesk: ServedApp

  beforeAll(async () => {
    grantdesk = await openServedApp({ width: 1600, height: 900 })
    await makeVault(grantdesk)
    await startPractice(grantdesk)
  })

  afterAll(() => grantdesk?.close())

  const steps = () => grantdesk.page.getByRole('list', { name: 'Events' }).getByRole('button')
  const step = (name: RegExp): Locator => grantdesk.page.getByRole('button', { name })
  const drawing = () => grantdesk.page.locator('svg.gd-diagram').last()

  /** What is drawn, as a person reads it from the top. */
  const drawn = () => drawing().locator('text').allTextContents()

  it('grows while it happens, and what is awaited moves where motion is welcome', async () => {
    const { page } = grantdesk
    await beginConnecting(grantdesk, 'Planio')
    await step(/^Wait for the redirect, .*under way$/).waitFor()
    expect(await drawn()).toContain('authorization URL, opened by hand')
    expect(await steps().count()).toBe(2)
    const moving = () =>
      drawing()
        .locator('.waiting.running')
        .evaluate((element) => getComputedStyle(element).animationName)
    expect(await moving()).toBe('none')
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    expect(await moving()).not.toBe('none')
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await expectAccessible(grantdesk, 'a live diagram')
    await grantdesk.screenshot('diagram-live')
    await grantdesk.consent('Deny')
    await step(/^Step 2, The browser came back with an error, .*failed$/).waitFor()
    expect(await steps().count()).toBeGreaterThan(2)
    await expect.poll(drawn).toContain('back to the redirect URI: access_denied')
  })

  it('opens the step that failed, and another one by a click', async () => {
    const { page } = grantdesk
    const failed = page.getByRole('region', { name: /^Step 2: The browser came back/ })
    await failed.getByText('access_denied').first().waitFor()
    await grantdesk.screenshot('diagram-failed-attempt')
    await step(/^Step 1, Authorization request/).click()
    await page.getByRole('region', { name: 'Step 1: Authorization request' }).getByText('client_id').waitFor()
    expect(await failed.count()).toBe(0)
    expect(await step(/^Step 1, /).getAttribute('aria-current')).toBe('step')
    await page.getByRole('button', { name: 'Close step' }).click()
    expect(await page.getByRole('region', { name: /^Step 1/ }).count()).toBe(0)
  })

  it('marks the evidence of a diagnosis, which leads to its step', async () => {
    const { page } = grantdesk
    await expect.poll(() => drawing().locator('.band').count()).toBe(2)
    for (let times = 0; times < 2; times++) {
      await page.getByRole('table', { name: 'Evidence' }).getByRole('button', { name: 'step 2' }).first().click()
      await page.getByRole('region', { name: /^Step 2: The browser came back/ }).waitFor()
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Step 2, /)
      await page.getByRole('button', { name: 'Close step' }).click()
    }
  })

  it('is walked through by keyboard from one tab stop', async () => {
    const { page } = grantdesk
    await connect(grantdesk, 'planio', 'ada')
    await page.getByRole('button', { name: 'Flows', exact: true }).first().click()
    await page
      .getByRole('table', { name: 'Flows' })
      .getByRole('button', { name: /^Connect Planio/ })
      .first()
      .click()
    await step(/^Step 1, Authorization request/).waitFor()
    expect(await steps().evaluateAll((all) => all.filter((one) => one.getAttribute('tabindex') === '0').length)).toBe(1)
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
    await page.getByRole('button', { name: 'Share this flow' }).focus()
    await page.keyboard.press('Tab')
    expect(await focused()).toMatch(/^Step 1, Authorization request/)
    await page.keyboard.press('ArrowDown')
    expect(await focused()).toMatch(/^Wait for the redirect/)
    await page.keyboard.press('End')
    expect(await focused()).toBe(await steps().last().textContent())
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowUp')
    expect(await focused()).toMatch(/^Step 1, /)
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'Step 1: Authorization request' }).waitFor()
    await expectAccessible(grantdesk, 'a diagram with an open step')
    await grantdesk.screenshot('diagram-flow')
  })

  it('gets larger and smaller by keys and buttons, and fits again', async () => {
    const { page } = grantdesk
    const width = async () => Number(await drawing().getAttribute('width'))
    const usual = await width()
    await step(/^Step 1, /).focus()
    await page.keyboard.press('+')
    expect(await width()).toBeGreaterThan(usual)
    await page.keyboard.press('-')
    await page.keyboard.press('-')
    expect(await width()).toBeLessThan(usual)
    await page.keyboard.press('0')
    expect(await width()).toBe(usual)
    await page.getByRole('button', { name: 'Zoom in' }).click()
    expect(await width()).toBeGreaterThan(usual)
    await grantdesk.screenshot('diagram-zoomed')
    await page.getByRole('button', { name: 'Fit' }).click()
    expect(await width()).toBe(usual)
  })

  it('draws time to scale where that is asked for', async () => {
    const { page } = grantdesk
    const height = async () => Number(await drawing().getAttribute('height'))
    const usual = await height()
    await page.getByText('To scale').click()
    await expect.poll(height).toBeGreaterThan(usual + 500)
    expect(await drawn()).toContain('+0 ms')
    await grantdesk.screenshot('diagram-scale')
    await page.getByText('In order').click()
    await expect.poll(height).toBe(usual)
  })

  async function exported(item: string): Promise<{ name: string; bytes: Buffer }> {
    const { page, home } = grantdesk
    const coming: Promise<Download> = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Share this flow' }).click()
    await page.getByRole('menuitem', { name: item }).click()
    const download = await coming
    const path = join(home, download.suggestedFilename())
    await download.saveAs(path)
    return { name: download.suggestedFilename(), bytes: readFileSync(path) }
  }

  it('is exported as an SVG that stands by itself', async () => {
    const { name, bytes } = await exported('The diagram (SVG)')
    expect(name).toMatch(/^grantdesk-connect-.*\.svg$/)
    const text = bytes.toString('utf8')
    const root = await grantdesk.page.evaluate((svg) => {
      const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml')
      return { name: parsed.documentElement.nodeName, texts: parsed.documentElement.textContent ?? '' }
    }, text)
    expect(root.name).toBe('svg')
    expect(root.texts).toContain('Authorization server')
  })

  it('is exported as a PNG, drawn under the page’s own policy', async () => {
    const violations: string[] = []
    grantdesk.page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text())
    })
    const { name, bytes } = await exported('The diagram (PNG)')
    expect(name).toMatch(/^grantdesk-connect-.*\.png$/)
    expect([...bytes.subarray(1, 4)]).toEqual([...Buffer.from('PNG')])
    expect(violations).toEqual([])
    // Drawn, and not an empty sheet: its corners are the page, and something on it is not.
    const colours = await grantdesk.page.evaluate(async (base64) => {
      const image = new Image()
      image.src = `data:image/png;base64,${base64}`
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      const context = canvas.getContext('2d')
      context?.drawImage(image, 0, 0)
      const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: [] }
      const found = new Set<string>()
      for (let at = 0; at < data.length; at += 4) found.add(`${data[at]},${data[at + 1]},${data[at + 2]}`)
      return { corner: `${data[0]},${data[1]},${data[2]}`, found: found.size, width: image.width }
    }, bytes.toString('base64'))
    expect(colours.corner).toBe('255,255,255')
    expect(colours.found).toBeGreaterThan(10)
    expect(colours.width).toBeGreaterThan(1_000)
  })

  it('is the list where it is asked for, and where there is no room', async () => {
    const { page } = grantdesk
    await page.getByText('List', { exact: true }).click()
    await expect.poll(() => page.locator('svg.gd-diagram').count()).toBe(0)
    await page.getByText('Diagram', { exact: true }).click()
    await expect.poll(() => page.locator('svg.gd-diagram').count()).toBe(2)
    await page.setViewportSize({ width: 420, height: 860 })
    await expect.poll(() => page.locator('svg.gd-diagram').count()).toBe(0)
    await step(/Authorization request/).waitFor()
    await expectAccessible(grantdesk, 'the list of a narrow window')
    // What a window of 1280 pixels shows at 200 %.
    await page.setViewportSize({ width: 640, height: 400 })
    await expect.poll(() => page.locator('svg.gd-diagram').count()).toBe(2)
    await expectAccessible(grantdesk, 'a diagram at 200 %')
    const folder = process.env.GRANTDESK_SCREENSHOTS
    if (folder) await page.screenshot({ path: join(folder, 'diagram-large.png') })
    await page.setViewportSize({ width: 1600, height: 900 })
  })
})
