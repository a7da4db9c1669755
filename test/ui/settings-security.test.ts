// What protects the vault, changed in the settings: the ways to open it, backups, locking. A served app, a real browser.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible, makeVault } from './person.ts'
import { openServedApp, passphrase, type ServedApp } from './served-app.ts'

const changed = 'another way to say the same thing'
let grantdesk: ServedApp

beforeAll(async () => {
  grantdesk = await openServedApp({ realRounds: true })
  await makeVault(grantdesk)
})
afterAll(() => grantdesk?.close())

async function openSettings() {
  await grantdesk.page.getByRole('button', { name: 'Settings', exact: true }).click()
  await grantdesk.page.getByRole('heading', { name: 'Ways to open the vault' }).waitFor()
}

it('the only way to open the vault is named with its derivation and date, and cannot be removed', async () => {
  const { page } = grantdesk
  await openSettings()
  const ways = page.getByRole('list', { name: 'Ways to open the vault' })
  await expect.poll(() => ways.textContent()).toContain('PBKDF2-HMAC-SHA512, 600,000 rounds, set ')
  await page.getByText('The only way to open the vault stays.').waitFor()
  expect(await page.getByRole('button', { name: 'Remove Passphrase' }).isDisabled()).toBe(true)
  await expectAccessible(grantdesk, 'the vault in the settings')
  await grantdesk.screenshot('settings-vault')
})

it('a wrong present passphrase is told at its field with the wait before the next, and a right one changes it', async () => {
  const { page } = grantdesk
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('New passphrase', { exact: true }).fill('short')
  await dialog.getByText('Too short').waitFor()
  await dialog.getByLabel('New passphrase', { exact: true }).fill(changed)
  await dialog.getByText('Strong.').waitFor()
  await dialog.getByLabel('New passphrase again').fill(`${changed}!`)
  await dialog.getByLabel('Present passphrase').fill('not the passphrase')
  await dialog.getByRole('button', { name: 'Change passphrase' }).click()
  await dialog.getByText('The two passphrases differ.').waitFor()
  await dialog.getByLabel('New passphrase again').fill(changed)
  for (let time = 0; time < 3; time++) {
    await dialog.getByLabel('Present passphrase').fill('not the passphrase')
    await dialog.getByRole('button', { name: 'Change passphrase' }).click()
    await dialog.getByText('That is not the present passphrase.').waitFor()
  }
  await dialog.getByText(/looked at in \d s/).waitFor()
  await expectAccessible(grantdesk, 'a wrong present passphrase')
  await grantdesk.screenshot('settings-wrong-passphrase')
  await dialog.getByLabel('Present passphrase').fill(passphrase)
  await dialog.getByRole('button', { name: 'Change passphrase' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText('The passphrase is changed.').waitFor()
})

it('a keychain that this system does not offer is refused in its own words', async () => {
  const { page } = grantdesk
  await page.getByRole('button', { name: 'Add keychain' }).click()
  await page.getByText('The keychain was not added').waitFor()
  await page.getByRole('button', { name: 'Dismiss' }).first().click()
})

it('the time after which the vault locks by itself is chosen, and what this host is not told of is not offered', async () => {
  const { page } = grantdesk
  const time = page.getByRole('combobox', { name: 'Lock without use' })
  await expect.poll(() => time.inputValue()).toBe('After 15 minutes')
  await time.focus()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('option', { name: 'After 1 hour' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => time.inputValue()).toBe('After 30 minutes')
  await page.getByText('Counted from when this tab was last touched').waitFor()
  expect(await page.getByRole('switch').count()).toBe(0)
  await expectAccessible(grantdesk, 'what locks the vault')
  await time.scrollIntoViewIfNeeded()
  await grantdesk.screenshot('settings-lock')
  await page.reload()
  await openSettings()
  await expect.poll(() => time.inputValue()).toBe('After 30 minutes')
})

it('how much is kept of what happened is chosen within its bounds, and stored when its field is left', async () => {
  const { page } = grantdesk
  const perConnection = page.getByLabel('Flows of each connection')
  await expect.poll(() => perConnection.inputValue()).toBe('100')
  await perConnection.fill('5')
  await perConnection.press('Enter')
  await expect.poll(() => perConnection.inputValue()).toBe('20')
  const history = page.getByLabel('Entries of the history in all')
  await history.fill('8000')
  await history.blur()
  await expectAccessible(grantdesk, 'what is kept')
  await history.scrollIntoViewIfNeeded()
  await grantdesk.screenshot('settings-keep')
  await page.reload()
  await openSettings()
  await expect.poll(() => perConnection.inputValue()).toBe('20')
  await expect.poll(() => history.inputValue()).toBe('8,000')
})

it('after locking, only the changed passphrase opens the vault', async () => {
  const { page } = grantdesk
  await page.getByRole('button', { name: 'Lock vault' }).click()
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: 'Unlock', exact: true }).click()
  await page.getByText('That is not the passphrase of this vault.').waitFor()
  await page.getByLabel('Passphrase', { exact: true }).fill(changed)
  await page.getByRole('button', { name: 'Unlock', exact: true }).click()
  await page.getByRole('heading', { name: 'Ways to open the vault' }).waitFor()
})
