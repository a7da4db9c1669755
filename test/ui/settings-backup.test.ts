// A backup in the window: made under two passphrases, looked at before it is restored, merged with what is here.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect, expectAccessible, makeVault } from './person.ts'
import { openServedApp, passphrase, type ServedApp } from './served-app.ts'

const ofBackup = 'four words for the file'
let grantdesk: ServedApp
let file: string

beforeAll(async () => {
  grantdesk = await openServedApp()
  await makeVault(grantdesk)
  await connect(grantdesk, 'plane', 'ada')
  file = join(grantdesk.home, 'all.jwe')
})
afterAll(() => grantdesk?.close())

const dialog = () => grantdesk.page.getByRole('dialog')

async function openDialog(button: 'Make a backup' | 'Restore from a backup') {
  await grantdesk.page.getByRole('button', { name: 'Settings', exact: true }).click()
  await grantdesk.page.getByRole('button', { name: button }).click()
}

async function look(path: string, word: string) {
  await dialog().locator('input[type=file]').setInputFiles(path)
  await dialog().getByLabel('Passphrase of the backup').fill(word)
  await dialog().getByRole('button', { name: 'Look inside' }).click()
}

it('a backup is made with the present passphrase and a new one, and comes as a file', async () => {
  const { page } = grantdesk
  await openDialog('Make a backup')
  await dialog().getByLabel('Present passphrase of the vault').fill('not the passphrase')
  await dialog().getByLabel('Passphrase of the backup', { exact: true }).fill(ofBackup)
  await dialog().getByLabel('Passphrase of the backup again').fill('something else')
  await dialog().getByRole('button', { name: 'Make backup' }).click()
  await dialog().getByText('The two passphrases differ.').waitFor()
  await dialog().getByLabel('Passphrase of the backup again').fill(ofBackup)
  await dialog().getByRole('button', { name: 'Make backup' }).click()
  await dialog().getByText('That is not the present passphrase.').waitFor()
  await expectAccessible(grantdesk, 'making a backup')
  await grantdesk.screenshot('backup-make')
  await dialog().getByLabel('Present passphrase of the vault').fill(passphrase)
  const downloading = page.waitForEvent('download')
  await dialog().getByRole('button', { name: 'Make backup' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^grantdesk-\d{4}-\d\d-\d\d\.backup\.jwe$/)
  await download.saveAs(file)
  expect(readFileSync(file, 'utf8').split('.')).toHaveLength(5)
  await page.getByText('The backup is made.').waitFor()
})

it('what is no backup, is damaged, or has another passphrase is said, and nothing is lost by it', async () => {
  await openDialog('Restore from a backup')
  const other = join(grantdesk.home, 'other.jwe')
  writeFileSync(other, 'no backup')
  await look(other, ofBackup)
  await dialog().getByText('This is no backup of Grantdesk.').waitFor()
  writeFileSync(other, readFileSync(file, 'utf8').slice(0, 400))
  await look(other, ofBackup)
  await dialog().getByText('The file is damaged: it was cut short').waitFor()
  await look(file, 'not that one')
  await dialog().getByText('That is not the passphrase of this backup').waitFor()
  await expectAccessible(grantdesk, 'choosing a backup')
  await grantdesk.screenshot('backup-choose')
})

it('what is here already is not ticked, and cannot be', async () => {
  await look(file, ofBackup)
  await dialog().getByText('here already').first().waitFor()
  expect(await dialog().getByRole('button', { name: 'Nothing to restore' }).isDisabled()).toBe(true)
  await dialog().getByRole('button', { name: 'Close' }).last().click()
})

it('tokens of another age come beside those here only when ticked, with a warning', async () => {
  const { page } = grantdesk
  await page.getByRole('button', { name: /^ada/ }).first().click()
  await page.getByRole('button', { name: 'Refresh', exact: true }).click()
  await page.getByText('Refreshed:').waitFor()
  await openDialog('Restore from a backup')
  await look(file, ofBackup)
  await dialog().getByText('The tokens here are newer than those of the backup.').waitFor()
  expect(await dialog().getByText('may revoke both').count()).toBe(0)
  await dialog()
    .getByRole('checkbox', { name: /^Restore ada/ })
    .check()
  await dialog().getByText('may revoke both').waitFor()
  await expectAccessible(grantdesk, 'choosing what to restore')
  await grantdesk.screenshot('backup-choice')
  await dialog().getByRole('button', { name: 'Restore 1' }).click()
  await dialog().getByText('1 entry restored').waitFor()
  await dialog()
    .getByText(/It is called “ada.* 2” here\./)
    .waitFor()
  await expectAccessible(grantdesk, 'what was restored')
  await grantdesk.screenshot('backup-restored')
  await dialog().getByRole('button', { name: 'Close' }).last().click()
  await page.getByRole('button', { name: /^ada.* 2\b/ }).waitFor()
})
