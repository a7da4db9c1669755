import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { VaultStatus } from '../../contract/vault.ts'
import { bundleProgram } from '../support/bundle-program.ts'
import { planted } from '../unit/core/vault/sample-records.ts'
import { type KeyringSession, type KeyringState, keyringSession, secretServiceInstalled } from './keyring-session.ts'

const installed = secretServiceInstalled()
/** Within the repository, so that the native keyring is found from there. */
const builtPrograms = join(import.meta.dirname, '../built/programs')
if (!installed) console.log('skipped: no secret service')

let program = ''
let session: KeyringSession
let folder: string
beforeAll(async () => {
  if (installed) program = await bundleProgram(join(import.meta.dirname, 'keyring-vault.ts'), builtPrograms)
})
beforeEach(() => {
  session = keyringSession()
  folder = mkdtempSync(join(tmpdir(), 'grantdesk-'))
})
afterEach(() => {
  session.remove()
  rmSync(folder, { recursive: true })
})

async function host(state: KeyringState, ...operations: string[]): Promise<{ status: VaultStatus; kept: boolean }> {
  return JSON.parse(await session.run(state, program, folder, ...operations))
}

const vaultFile = () => readFileSync(join(folder, 'vault.json'), 'utf8')

describe.skipIf(!installed)('the vault on the real keyring', () => {
  test('is made at once, names GNOME Keyring, and opens again in another process', async () => {
    const made = await host('unlocked', 'fill')
    expect(made.status).toMatchObject({ state: 'open', openedWith: 'GNOME Keyring (Secret Service)' })
    expect(readdirSync(folder).sort()).toEqual(['vault.copy.json', 'vault.json'])
    for (const secret of Object.values(planted)) expect(vaultFile()).not.toContain(secret)
    expect(await host('unlocked')).toMatchObject({ status: { state: 'open' }, kept: true })
  })

  test('stays locked and loses nothing while the keyring is locked, and opens when it is unlocked again', async () => {
    await host('unlocked', 'fill')
    const before = vaultFile()
    const locked = await host('locked')
    expect(locked.status).toMatchObject({ state: 'locked', reason: 'keychain_locked' })
    expect(locked.status.state === 'locked' && locked.status.why).toMatch(/locked/)
    expect(vaultFile()).toBe(before)
    expect(await host('unlocked')).toMatchObject({ status: { state: 'open' }, kept: true })
  })

  test.each(['absent', 'no bus'] as const)('stays locked and loses nothing with %s', async (state) => {
    await host('unlocked', 'fill')
    const before = vaultFile()
    expect((await host(state)).status).toMatchObject({ state: 'locked', reason: 'keychain_unavailable' })
    expect(vaultFile()).toBe(before)
    expect(await host('unlocked')).toMatchObject({ status: { state: 'open' }, kept: true })
  })

  test.each(['locked', 'absent', 'no bus'] as const)('is not made without being asked with %s', async (state) => {
    // Somebody who has logged in before has a keyring; it is what is locked.
    if (state === 'locked') await session.run('unlocked', program, join(folder, 'other'))
    const { status } = await host(state)
    expect(status.state).toBe('new')
    expect(status.state === 'new' && status.why).toMatch(state === 'locked' ? /locked/ : /Secret Service/)
    expect(existsSync(join(folder, 'vault.json'))).toBe(false)
  })

  test('opens with a passphrase where there is no keyring, and gets no other way in behind one’s back', async () => {
    expect((await host('no bus', 'create', 'fill')).status).toMatchObject({ openedWith: 'Passphrase' })
    const before = vaultFile()
    expect((await host('unlocked')).status).toMatchObject({ state: 'locked', reason: 'passphrase_needed' })
    expect(await host('unlocked', 'unlock')).toMatchObject({ status: { state: 'open' }, kept: true })
    expect(vaultFile()).toBe(before)
  })
})
