// The keyring locked, absent, and gone: what the window says, what it waits for, and that nothing is lost.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { describeDesktop } from './desktop-suite.ts'
import { callDoor, snapshotOf } from './door.ts'
import { type Grantdesk, launchGrantdesk } from './launch.ts'
import { type Keyring, type Machine, startMachine } from './machine.ts'

const passphrase = 'a long enough passphrase'
const clientSecret = 'keyring-test-client-secret'

const client = {
  name: 'Kept',
  serviceId: 'plane',
  baseUrl: 'http://127.0.0.1:9',
  clientId: 'kept',
  clientSecret,
  clientAuthentication: 'body',
  redirect: { mode: 'ephemeral' },
}

describeDesktop('the keyring', (executable) => {
  let machine: Machine
  let grantdesk: Grantdesk

  async function begin(keyring: Keyring): Promise<void> {
    machine = await startMachine(keyring)
    grantdesk = await launchGrantdesk(executable, machine)
  }

  /** Quits, lets `meanwhile` happen, and starts again. */
  async function restart(meanwhile: () => Promise<void> = async () => undefined): Promise<void> {
    await grantdesk.quit()
    await meanwhile()
    grantdesk = await launchGrantdesk(executable, machine)
  }

  const vaultFile = () => join(machine.vault, 'vault.json')
  const heading = (name: string) => grantdesk.page.getByRole('heading', { name })
  const badge = (name: string) => grantdesk.page.getByRole('button', { name: `Vault open, protected by ${name}` })

  async function unlockBy(typed: string): Promise<void> {
    await grantdesk.page.getByLabel('Passphrase', { exact: true }).fill(typed)
    await grantdesk.page.getByRole('button', { name: 'Unlock', exact: true }).click()
  }

  afterEach(async () => {
    await grantdesk?.quit()
    await machine?.close()
  })

  it('locked reads as locked, waits, goes on by itself when it is unlocked, and loses nothing', async () => {
    await begin('open')
    await badge('GNOME Keyring (libsecret)').waitFor()
    await callDoor(grantdesk.page, 'clients.save', client)
    const before = await grantdesk.quit().then(() => readFileSync(vaultFile(), 'utf8'))

    await machine.setKeyring('locked')
    grantdesk = await launchGrantdesk(executable, machine)
    await heading('Your keychain is locked').waitFor()
    await grantdesk.page.getByText('Grantdesk goes on when it is unlocked').waitFor()
    expect((await snapshotOf(grantdesk.page)).clients).toEqual([])
    await grantdesk.page.getByRole('button', { name: 'Ask GNOME Keyring (libsecret) again' }).waitFor()
    expect(await callDoor(grantdesk.page, 'vault.retry')).toMatchObject({ state: 'locked', reason: 'keychain_locked' })
    expect(readFileSync(vaultFile(), 'utf8')).toBe(before)

    await machine.unlockKeyring()
    await badge('GNOME Keyring (libsecret)').waitFor()
    expect((await snapshotOf(grantdesk.page)).clients).toMatchObject([{ name: 'Kept', hasSecret: true }])
  })

  it('locked before there is a vault makes none in the clear, and makes it once the keyring opens', async () => {
    await begin('locked')
    await heading('Choose a passphrase for your vault').waitFor()
    await grantdesk.page.getByText('GNOME Keyring (libsecret) is locked and waits for you').waitFor()
    expect(existsSync(vaultFile())).toBe(false)

    await machine.unlockKeyring()
    await badge('GNOME Keyring (libsecret)').waitFor()
    expect(readFileSync(vaultFile(), 'utf8')).toContain('"electron-safe-storage"')
  })

  it('locked offers the passphrase where the vault has both, and opens by it', async () => {
    await begin('open')
    await badge('GNOME Keyring (libsecret)').waitFor()
    await callDoor(grantdesk.page, 'vault.setPassphrase', { passphrase })
    await callDoor(grantdesk.page, 'clients.save', client)
    await restart(() => machine.setKeyring('locked'))
    await heading('Your keychain is locked').waitFor()
    await unlockBy(passphrase)
    await badge('your passphrase').waitFor()
    expect((await snapshotOf(grantdesk.page)).clients).toMatchObject([{ name: 'Kept', hasSecret: true }])
  })

  it('absent asks for a passphrase, says why, and asks for it again after a restart', async () => {
    await begin('none')
    await heading('Choose a passphrase for your vault').waitFor()
    await grantdesk.page.getByText('This desktop offers no keychain').waitFor()
    expect(existsSync(vaultFile())).toBe(false)
    await grantdesk.page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
    await grantdesk.page.getByLabel('Passphrase again').fill(passphrase)
    await grantdesk.page.getByRole('button', { name: 'Create vault' }).click()
    await badge('your passphrase').waitFor()
    await callDoor(grantdesk.page, 'clients.save', client)
    expect(readFileSync(vaultFile(), 'utf8')).not.toContain(clientSecret)

    await restart()
    await heading('The vault is locked').waitFor()
    await unlockBy('not the passphrase')
    await grantdesk.page.getByText('That is not the passphrase of this vault.').waitFor()
    await unlockBy(passphrase)
    await badge('your passphrase').waitFor()
    expect((await snapshotOf(grantdesk.page)).clients).toMatchObject([{ name: 'Kept' }])
  })

  it('gone after it made the vault reads as unreachable, and the vault stays as it is', async () => {
    await begin('open')
    await badge('GNOME Keyring (libsecret)').waitFor()
    const before = readFileSync(vaultFile(), 'utf8')
    await restart(() => machine.setKeyring('none'))
    await heading('Your keychain cannot be reached').waitFor()
    expect(readFileSync(vaultFile(), 'utf8')).toBe(before)
  })
})
