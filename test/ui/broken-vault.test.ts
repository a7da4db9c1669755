// What the window says of a vault that cannot be opened: what was found, and the one thing to do about it.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { expectAccessible, makeVault } from './person.ts'
import { openServedApp, passphrase, type ServedApp } from './served-app.ts'

describe.skipIf(findChromium() === null)('a vault that cannot be opened', () => {
  let grantdesk: ServedApp
  let page: Page
  let file: string
  let whole: string

  beforeAll(async () => {
    grantdesk = await openServedApp()
    page = grantdesk.page
    file = join(grantdesk.home, 'vault', 'vault.json')
    await makeVault(grantdesk)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('Lock vault')
    await page.getByRole('option', { name: 'Lock vault' }).click()
    await page.getByRole('heading', { name: 'The vault is locked' }).waitFor()
    await page.getByLabel('Passphrase').fill(passphrase)
    whole = readFileSync(file, 'utf8')
  })
  afterAll(() => grantdesk?.close())
  beforeEach(() => writeFileSync(file, whole))

  /** What the screen says once the host has looked at the file, which is how a person's unlocking finds it. */
  async function told(): Promise<string> {
    const again = page.getByRole('button', { name: 'Try again' })
    if (await again.isVisible()) await again.click()
    else await page.getByRole('button', { name: 'Unlock' }).click()
    await page.getByRole('heading', { name: 'The vault cannot be opened' }).waitFor()
    return (await page.getByRole('main').textContent()) ?? ''
  }

  it('for a newer Grantdesk wrote it asks for that one, and offers no copy', async () => {
    writeFileSync(file, JSON.stringify({ ...JSON.parse(whole), version: 99 }))
    const words = await told()
    expect(words).toMatch(/newer Grantdesk.*Update Grantdesk/)
    expect(words).not.toMatch(/copy/i)
    await expectAccessible(grantdesk, 'a vault of a newer Grantdesk')
    await grantdesk.screenshot('vault-newer')
  })

  it('for it is gone offers its copy, and does not say that anything is kept', async () => {
    rmSync(file)
    await expect.poll(told).toMatch(/taken away.*last good copy.*written/)
    expect(await told()).not.toMatch(/damaged|kept/)
    expect(await page.getByRole('button', { name: 'Use the last good copy' }).isVisible()).toBe(true)
    await grantdesk.screenshot('vault-gone')
  })

  it('for it is damaged says that the damaged file is kept, and opens the copy', async () => {
    writeFileSync(file, '{"half')
    await expect.poll(told).toMatch(/damaged.*last good copy.*kept beside it/)
    await expectAccessible(grantdesk, 'a damaged vault')
    await grantdesk.screenshot('vault-damaged')
    await page.getByRole('button', { name: 'Use the last good copy' }).click()
    await page.getByRole('heading', { name: 'The vault is locked' }).waitFor()
    expect(readFileSync(file, 'utf8')).toBe(whole)
  })
})
