// The disk at its worst, under the whole application: full, read-only, gone, and files that are not what they were. Each is
// told in clear words, nothing is overwritten silently, and the last good copy brings back what was there.
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from '../../core/secret.ts'
import { fileOwnership } from '../../core/vault/ownership.ts'
import { openVault } from '../../core/vault/vault.ts'
import { vaultDocument } from '../../headless/vault-document.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { memoryKeychain, memoryPorts } from '../support/memory-ports.ts'

const keychain = memoryKeychain()
let home: string
let folder: string
let file: string
let copy: string
let desk: Desk
let mounted = false

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'grantdesk-disk-'))
  at(join(home, 'vault'))
})

afterEach(async () => {
  await desk?.close()
  if (mounted) execFileSync('umount', [folder])
  mounted = false
  rmSync(home, { recursive: true, force: true })
})

function at(place: string): void {
  folder = place
  file = join(folder, 'vault.json')
  copy = join(folder, 'vault.copy.json')
}

function ports() {
  const clock = { now: Date.now }
  return memoryPorts({ keychain, document: vaultDocument(folder), ownership: fileOwnership(folder, 'serve', clock) })
}

const started = async () => {
  desk = await openDesk(ports())
  return desk
}

const status = async () => (await desk.call('app.snapshot', {})).vault
const names = async () => (await desk.call('app.snapshot', {})).clients.map(({ name }) => name)

function save(name: string) {
  const place = { serviceId: 'planio', baseUrl: `https://${name}.plan.io`, redirect: { mode: 'ephemeral' as const } }
  return desk.call('clients.save', { name, clientId: 'us', clientAuthentication: 'body', clientSecret: 's', ...place })
}

/** A vault with something in it, whose host has ended. */
async function kept(): Promise<void> {
  await started()
  await save('kept')
  await desk.close()
}

/** A file system of 64 KiB, where this user may make one. */
function mountSmallDisk(): void {
  mkdirSync(folder, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=700', 'tmpfs', folder])
  mounted = true
}

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const place = mkdtempSync(join(tmpdir(), 'grantdesk-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place], { stdio: 'ignore' })
    execFileSync('umount', [place])
    return true
  } catch {
    return false
  } finally {
    rmSync(place, { recursive: true })
  }
}

describe.skipIf(!canMount())('a disk', () => {
  it('that is full is told as that, costs nothing that was stored, and works again once there is room', async () => {
    mountSmallDisk()
    await started()
    await save('kept')
    const before = readFileSync(file, 'utf8')
    const ballast = join(folder, 'ballast')
    fill(ballast)
    await expect(save('new')).rejects.toMatchObject({
      failure: { kind: 'vault_broken', message: expect.stringMatching(/the disk is full \(ENOSPC\)/) },
    })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(before))
    expect(await names()).toEqual(['kept'])
    rmSync(ballast)
    await save('new')
    await desk.close()
    await started()
    expect(await names()).toEqual(['kept', 'new'])
  })

  it('that becomes read-only is told as that, and its vault can be used again when it is not', async () => {
    mountSmallDisk()
    await started()
    await save('kept')
    execFileSync('mount', ['-o', 'remount,ro', folder])
    await expect(save('new')).rejects.toThrow(/can be read only \(EROFS\)/)
    await desk.close().catch(() => undefined)
    await started()
    expect(await status()).toMatchObject({ state: 'broken', why: expect.stringContaining('EROFS') })
    execFileSync('mount', ['-o', 'remount,rw', folder])
    expect(await desk.call('vault.retry', {})).toMatchObject({ state: 'open' })
    expect(await names()).toEqual(['kept'])
  })

  function fill(ballast: string): void {
    for (const size of [4096, 1]) {
      try {
        for (;;) writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' })
      } catch {
        // Full.
      }
    }
  }
})

it('a folder that goes while the host runs is told, and the vault goes on when it is back', async () => {
  await started()
  await save('kept')
  renameSync(folder, `${folder}-away`)
  await expect(save('new')).rejects.toMatchObject({
    failure: { kind: 'vault_broken', message: expect.stringContaining('taken away') },
  })
  expect(await names()).toEqual(['kept'])
  expect(existsSync(folder)).toBe(false)
  renameSync(`${folder}-away`, folder)
  await save('new')
  expect(await names()).toEqual(['kept', 'new'])
})

it('a file that this user may not read is told as that, and not as an empty vault', async () => {
  await kept()
  const refused = Object.assign(new Error('quotes a path'), { code: 'EACCES' })
  const document = { ...vaultDocument(folder), read: () => fail(refused) }
  const vault = openVault(memoryPorts({ keychain, document }))
  expect(await vault.open()).toMatchObject({ state: 'broken', why: expect.stringContaining('no right to it (EACCES)') })
})

function fail(error: Error): never {
  throw error
}

describe('a damaged vault', () => {
  const damages: [string, (whole: string) => string][] = [
    ['cut short', (whole) => whole.slice(0, whole.length / 2)],
    ['empty', () => ''],
    ['garbage', () => '\u0000\u0001 not at all'],
    ['another file', () => '{"some":"settings"}'],
    ['without its slots', (whole) => JSON.stringify({ ...JSON.parse(whole), slots: [] })],
  ]

  it.each(damages)('that is %s is left alone, and its last good copy brings everything back', async (_, damage) => {
    await kept()
    const damaged = damage(readFileSync(file, 'utf8'))
    writeFileSync(file, damaged)
    await started()
    const writtenAt = Math.round(statSync(copy).mtimeMs)
    expect(await status()).toMatchObject({ state: 'broken', file, lastGood: { writtenAt } })
    await desk.call('vault.retry', {})
    expect(readFileSync(file, 'utf8')).toBe(damaged)

    const answer = await desk.call('vault.recover', {})
    expect(answer.vault).toMatchObject({ state: 'open' })
    expect(readFileSync(answer.damaged ?? '', 'utf8')).toBe(damaged)
    expect(await names()).toEqual(['kept'])
    await save('new')
    await desk.close()
    await started()
    expect(await names()).toEqual(['kept', 'new'])
  })

  it('that was damaged while the host ran is not written over', async () => {
    await started()
    await save('kept')
    writeFileSync(file, '{"half')
    await expect(save('new')).rejects.toMatchObject({ failure: { kind: 'vault_broken' } })
    expect(readFileSync(file, 'utf8')).toBe('{"half')
    expect(await desk.call('vault.retry', {})).toMatchObject({ state: 'broken', lastGood: {} })
    expect((await desk.call('vault.recover', {})).vault).toMatchObject({ state: 'open' })
    expect(await names()).toEqual(['kept'])
  })

  it('that is gone is not taken for a fresh start while its copy is there', async () => {
    await kept()
    rmSync(file)
    await started()
    expect(await status()).toMatchObject({ state: 'broken', lastGood: {} })
    expect(await desk.call('vault.recover', {})).toMatchObject({ vault: { state: 'open' }, damaged: null })
    expect(await names()).toEqual(['kept'])
  })

  it('whose copy is damaged too is only told', async () => {
    await kept()
    for (const one of [file, copy]) writeFileSync(one, '{"half')
    await started()
    expect(await status()).toEqual({ state: 'broken', why: expect.any(String), file })
    await expect(desk.call('vault.recover', {})).rejects.toThrow(/no good copy/)
    expect([readFileSync(file, 'utf8'), readFileSync(copy, 'utf8')]).toEqual(['{"half', '{"half'])
  })

  it('of a newer version is left to the newer Grantdesk, whose work an older copy would undo', async () => {
    await kept()
    const newer = JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), version: 99 })
    writeFileSync(file, newer)
    await started()
    expect(await status()).toEqual({ state: 'broken', why: expect.stringContaining('newer Grantdesk'), file })
    await expect(desk.call('vault.recover', {})).rejects.toMatchObject({ failure: { kind: 'conflict' } })
    expect(readFileSync(file, 'utf8')).toBe(newer)
  })
})

describe('the last good copy', () => {
  it('is no way around a whole vault', async () => {
    await started()
    await save('kept')
    await expect(desk.call('vault.recover', {})).rejects.toThrow(/vault is open/)
    await desk.call('vault.lock', {})
    await expect(desk.call('vault.recover', {})).rejects.toThrow(/file is whole/)
    expect(await desk.call('vault.retry', {})).toMatchObject({ state: 'open' })
    expect(await names()).toEqual(['kept'])
  })

  it('is for its owner only and holds what the file holds, a changed passphrase included', async () => {
    await started()
    await desk.call('vault.setPassphrase', { passphrase: 'the first one' })
    await desk.call('vault.setPassphrase', { passphrase: 'the second one', present: 'the first one' })
    expect(readFileSync(copy, 'utf8')).toBe(readFileSync(file, 'utf8'))
    if (process.platform !== 'win32') expect(statSync(copy).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).sort()).toEqual(['owner.json', 'vault.copy.json', 'vault.json'])
  })

  it('that a killed host left behind its file follows it at the next start', async () => {
    await kept()
    const before = readFileSync(copy, 'utf8')
    await started()
    await save('new')
    await desk.close()
    writeFileSync(copy, before)
    const vault = openVault(ports())
    await vault.open()
    expect(readFileSync(copy, 'utf8')).toBe(readFileSync(file, 'utf8'))
    await vault.close()
  })

  it('opens with the passphrase alone, as the file did', async () => {
    const document = vaultDocument(folder)
    const alone = openVault(memoryPorts({ keychain: null, document }))
    await alone.open()
    await alone.create(new Secret('correct horse'))
    writeFileSync(file, '')
    const again = openVault(memoryPorts({ keychain: null, document: vaultDocument(folder) }))
    expect(await again.open()).toMatchObject({ state: 'broken', lastGood: {} })
    await again.recover()
    await again.retry()
    expect(await again.unlock(new Secret('correct horse'))).toMatchObject({ state: 'open' })
  })
})
