// What was shown or copied goes by itself: in a real Chromium, with a clock that is moved by hand.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { beginConnecting, clipboardOf, connect, makeVault } from './person.ts'
import { openServedApp, passphrase, type ServedApp } from './served-app.ts'

describe.skipIf(findChromium() === null)('a secret in a browser tab', () => {
  let grantdesk: ServedApp
  let page: Page
  const shown = () => page.getByLabel('The access token', { exact: true })
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click()

  beforeAll(async () => {
    grantdesk = await openServedApp()
    page = grantdesk.page
    await page.clock.install()
    await makeVault(grantdesk)
    await connect(grantdesk, 'plane', 'ada')
  })
  afterAll(() => grantdesk?.close())

  async function reveal(): Promise<string> {
    await press('Reveal')
    return (await shown().textContent()) ?? ''
  }

  async function lock(): Promise<void> {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('Lock vault')
    await page.getByRole('option', { name: 'Lock vault' }).click()
    await page.getByRole('heading', { name: 'The vault is locked' }).waitFor()
  }

  async function unlock(): Promise<void> {
    await page.getByLabel('Passphrase').fill(passphrase)
    await page.getByRole('button', { name: 'Unlock' }).click()
    await page.getByRole('tab', { name: 'Token' }).waitFor()
  }

  describe('that was revealed', () => {
    let token: string
    beforeEach(async () => {
      token = await reveal()
      expect(token).toMatch(/^pln_/)
    })

    const gone = () => expect.poll(() => page.content()).not.toContain(token)

    it('hides after 30 seconds, and not before', async () => {
      await page.clock.runFor(28_000)
      expect(await page.content()).toContain(token)
      await page.clock.runFor(3_000)
      await gone()
    })

    it('hides when the window loses the focus', async () => {
      await page.evaluate(() => window.dispatchEvent(new Event('blur')))
      await gone()
    })

    it('hides when the tab is hidden', async () => {
      await page.evaluate(() => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })
        document.dispatchEvent(new Event('visibilitychange'))
        Reflect.deleteProperty(document, 'hidden')
        document.dispatchEvent(new Event('visibilitychange'))
      })
      await gone()
    })

    it('hides when another tab of the connection is chosen', async () => {
      await page.getByRole('tab', { name: 'History' }).click()
      await gone()
      await page.getByRole('tab', { name: 'Token' }).click()
      await gone()
    })

    it('is gone when the vault is locked, and does not come back', async () => {
      await lock()
      await gone()
      await unlock()
      await gone()
    })
  })

  describe('that was copied', () => {
    beforeEach(async () => {
      await press('Copy token')
      await expect.poll(() => clipboardOf(grantdesk)).toMatch(/^pln_/)
    })

    it('leaves the clipboard after its minute', async () => {
      await page.clock.runFor(58_000)
      expect(await clipboardOf(grantdesk)).toMatch(/^pln_/)
      await page.clock.runFor(3_000)
      await expect.poll(() => clipboardOf(grantdesk)).toBe('')
    })

    it('leaves the clipboard when the vault is locked, unless something else was copied since', async () => {
      await lock()
      await expect.poll(() => clipboardOf(grantdesk)).toBe('')
      await unlock()
      await press('Copy token')
      await expect.poll(() => clipboardOf(grantdesk)).toMatch(/^pln_/)
      await page.evaluate(() => navigator.clipboard.writeText('a shopping list'))
      await lock()
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(await clipboardOf(grantdesk)).toBe('a shopping list')
      await unlock()
    })
  })

  describe('and whose it is', () => {
    /** All that anybody who finds the vault locked may read. */
    const locked =
      'Grantdesk The vault is locked Nothing is lost: your connections are sealed in the vault until it is unlocked. Passphrase Unlock'

    async function expectNothingOfTheirs(): Promise<void> {
      await page.clock.runFor(1_000)
      // biome-ignore lint/performance/useDomNodeTextContent: what can be read is asked for, as it stands
      const words = await page.locator('body').innerText()
      expect(words.replace(/\s+/g, ' ').trim()).toBe(locked)
      expect(await page.title()).toBe('Grantdesk')
    }

    it('is told by nothing on the locked screen right after it was copied', async () => {
      await press('Copy token')
      await page.getByText(/^Access token copied/).waitFor()
      await lock()
      await expectNothingOfTheirs()
      await unlock()
    })

    it('is told by nothing there right after it was removed, nor does an offer to undo stay that cannot be taken', async () => {
      await press('Remove')
      await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
      const told = page.getByText(/was removed\. The inventory keeps it/)
      await told.hover()
      await lock()
      await expectNothingOfTheirs()
      await page.getByLabel('Passphrase').fill(passphrase)
      await page.getByRole('button', { name: 'Unlock' }).click()
      await press('Inventory')
      await press('Removed (1)')
      await page.getByRole('button', { name: /^Put back/ }).click()
      await page.getByRole('tab', { name: 'Token' }).waitFor()
    })

    it('is told by nothing there right after it was connected elsewhere', async () => {
      await beginConnecting(grantdesk, 'Birdview')
      await press('Inventory')
      await grantdesk.consent('Allow', 'ada')
      await page.getByText(/^Birdview is connected as/).waitFor()
      await lock()
      await expectNothingOfTheirs()
    })
  })
})
