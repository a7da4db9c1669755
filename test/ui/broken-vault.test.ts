// What the window says of a vault that cannot be opened: what was found, and the one thing to do about it.
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { connect, expectAccessible, makeVault } from './person.ts'
import { openServedApp, passphrase, type ServedApp } from './served-app.ts'

async function lock(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('Lock vault')
  await page.getByRole('option', { name: 'Lock vault' }).click()
  await page.getByRole('heading', { name: 'The vault is locked' }).waitFor()
}

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
    await lock(page)
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

  it.skipIf(process.platform === 'win32')(
    'tells that others had access to its file until that is dismissed',
    async () => {
      await page.getByRole('button', { name: 'Unlock' }).waitFor()
      chmodSync(file, 0o644)
      await page.getByLabel('Passphrase').fill(passphrase)
      await page.getByRole('button', { name: 'Unlock' }).click()
      const line = page.getByText(`Other users of this machine had access to ${file}. Now only you have.`)
      await line.waitFor()
      await expectAccessible(grantdesk, 'files that others had access to')
      await grantdesk.screenshot('vault-exposed')
      await page.getByRole('button', { name: 'Dismiss' }).click()
      await line.waitFor({ state: 'detached' })
      await page.reload()
      await page.getByRole('navigation').first().waitFor()
      expect(await line.count()).toBe(0)
    },
  )
})

describe.skipIf(findChromium() === null)('a vault of which single records are damaged', () => {
  let grantdesk: ServedApp
  let page: Page
  let folder: string

  beforeAll(async () => {
    grantdesk = await openServedApp()
    page = grantdesk.page
    folder = join(grantdesk.home, 'vault')
    await makeVault(grantdesk)
    await connect(grantdesk, 'plane', 'ada')
  })
  afterAll(() => grantdesk?.close())

  /** The name of the only record of a kind. */
  function recordOf(kind: string): string {
    const { records } = JSON.parse(readFileSync(join(folder, 'vault.json'), 'utf8'))
    return Object.keys(records).find((name) => name.startsWith(`${kind}:`)) ?? ''
  }

  /** Changes one character of each, while the vault is locked, and unlocks it. */
  async function openDamaged(kinds: string[], files: string[]): Promise<void> {
    await lock(page)
    const names = kinds.map(recordOf)
    for (const file of files.map((name) => join(folder, name))) {
      const document = JSON.parse(readFileSync(file, 'utf8'))
      for (const name of names) {
        const jwe: string = document.records[name]
        const at = jwe.length - 40
        document.records[name] = `${jwe.slice(0, at)}${jwe[at] === 'A' ? 'B' : 'A'}${jwe.slice(at + 1)}`
      }
      writeFileSync(file, JSON.stringify(document))
    }
    await page.getByLabel('Passphrase').fill(passphrase)
    await page.getByRole('button', { name: 'Unlock' }).click()
    await page.getByRole('button', { name: 'Grantdesk overview' }).waitFor()
  }

  it('tells it at the connection, keeps what would hand out its tokens away, and recovers them', async () => {
    await openDamaged(['tokens'], ['vault.json'])
    await page
      .getByRole('navigation', { name: 'Connections' })
      .getByRole('button', { name: /damaged/ })
      .click()
    await page.getByText('The tokens of this connection are damaged.').waitFor()
    for (const name of ['Copy token', 'Copy header', 'Copy as curl', 'Reveal']) {
      expect(await page.getByRole('button', { name, exact: true }).isDisabled(), name).toBe(true)
    }
    await expectAccessible(grantdesk, 'a connection with damaged tokens')
    await grantdesk.screenshot('damaged-tokens')
    await page.getByRole('button', { name: 'Recover', exact: true }).click()
    await page.getByText(/Recovered: tokens of the connection .*The file as it was is kept/).waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Copy token' }).isEnabled()).toBe(true)
    expect(await page.getByText(/damaged/i).count()).toBe(1)
  })

  it('shows what cannot be recovered in the list and in one notice, names what is left to do, and removes it', async () => {
    const id = recordOf('connection').slice('connection:'.length)
    await openDamaged(['connection', 'client_secret'], ['vault.json', 'vault.copy.json'])
    await page.getByText(/Damaged in the vault: client secret .*, connection /).waitFor()
    await page.getByRole('button', { name: 'Grantdesk overview' }).click()
    await grantdesk.screenshot('damaged-overview')
    await page.getByRole('button', { name: 'Show them' }).click()
    await page.getByRole('heading', { name: 'Damaged' }).waitFor()
    const words = await page.getByRole('main').textContent()
    expect(words).toMatch(/does not have it as it was stored last. Remove it and connect again/)
    expect(words).toMatch(/Enter the client secret again/)
    await expectAccessible(grantdesk, 'damaged records')
    await grantdesk.screenshot('damaged-records')
    await page.getByRole('navigation', { name: 'Connections' }).getByRole('button', { name: id }).click()
    await page.getByText('This connection is damaged.').waitFor()
    expect(await page.getByRole('button', { name: 'Recover', exact: true }).count()).toBe(0)
    await expectAccessible(grantdesk, 'a damaged connection')
    await grantdesk.screenshot('damaged-connection')
    await page.getByRole('button', { name: `Remove connection ${id}` }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByRole('navigation', { name: 'Connections' }).getByText('No connections yet').waitFor()
    await page.getByText(/Damaged in the vault: client secret/).waitFor()
  })
})
