// A backup in the window: the page may download nothing, so the host saves the file where the system's dialog says.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeDesktop } from './desktop-suite.ts'
import { type Grantdesk, launchGrantdesk } from './launch.ts'
import { type Machine, startMachine } from './machine.ts'

const passphrase = 'four words for the file'

describeDesktop('a backup in the window', (executable) => {
  let machine: Machine
  let grantdesk: Grantdesk

  beforeAll(async () => {
    machine = await startMachine('open')
    grantdesk = await launchGrantdesk(executable, machine)
  })
  afterAll(async () => {
    await grantdesk?.quit()
    await machine?.close()
  })

  /** What the person answers in the system's dialog, which no test can press a button in. */
  const dialogAnswers = (filePath: string | null) =>
    grantdesk.electron.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = async () => ({ canceled: path === null, filePath: path ?? '' })
    }, filePath)

  it('is saved where the person says, for its owner alone, and restored from there', async () => {
    const { page } = grantdesk
    const file = join(machine.vault, 'my backup.jwe')
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    await page.getByRole('button', { name: 'Make a backup' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Passphrase of the backup', { exact: true }).fill(passphrase)
    await dialog.getByLabel('Passphrase of the backup again').fill(passphrase)

    await dialogAnswers(null)
    const make = dialog.getByRole('button', { name: 'Make backup' })
    await make.click()
    await expect.poll(() => make.isEnabled()).toBe(true)
    expect([existsSync(file), await page.getByRole('alert').count()]).toEqual([false, 0])

    await dialogAnswers(file)
    await make.click()
    await page.getByText(`Saved as ${file}.`).waitFor()
    expect(readFileSync(file, 'utf8').split('.')).toHaveLength(5)
    expect(statSync(file).mode & 0o777).toBe(0o600)

    await page.getByRole('button', { name: 'Restore from a backup' }).click()
    await dialog.locator('input[type=file]').setInputFiles(file)
    await dialog.getByLabel('Passphrase of the backup').fill(passphrase)
    await dialog.getByRole('button', { name: 'Look inside' }).click()
    await dialog.getByText(/^A backup of /).waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()

    await page.getByRole('button', { name: 'History', exact: true }).click()
    await page.getByText('Everything was sealed into a backup: the tokens of 0 connections').waitFor()
    await page.getByText('No place was chosen, so nothing was saved.').waitFor()
  })
})
