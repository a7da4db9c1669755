// The disk at its worst, under the whole application: full, read-only, gone, and files that are not what they were. Each is
// told in clear words, nothing is overwritten silently, and the last good copy brings back what was there.
import {
  existsSync,
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
import { logFolder } from '../../core/sealed-log/log-folder.ts'
import { Secret } from '../../core/secret.ts'
import { fileOwnership } from '../../core/vault/ownership.ts'
import { openVault } from '../../core/vault/vault.ts'
import { vaultDocument } from '../../headless/vault-document.ts'
import { memoryKeychain, memoryPorts } from '../support/memory-ports.ts'
import { canMount, mountSmallDisk, type SmallDisk } from '../support/small-disk.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const keychain = memoryKeychain()
let home: string
let folder: string
let file: string
let copy: string
let grantdesk: TestApp
let disk: SmallDisk | null = null

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'grantdesk-disk-'))
  at(join(home, 'vault'))
})

afterEach(async () => {
  await grantdesk?.close()
  disk?.unmount()
  disk = null
  rmSync(home, { recursive: true, force: true })
})

function at(place: string): void {
  folder = place
  file = join(folder, 'vault.json')
  copy = join(folder, 'vault.copy.json')
}

function ports() {
  const clock = { now: Date.now }
  const ownership = fileOwnership(folder, 'serve', clock)
  return memoryPorts({ keychain, document: vaultDocument(folder), logs: logFolder(join(folder, 'logs')), ownership })
}

const started = async () => {
  grantdesk = await openTestApp(ports())
  return grantdesk
}

const status = async () => (await grantdesk.call('app.snapshot', {})).vault
const names = async () => (await grantdesk.call('app.snapshot', {})).clients.map(({ name }) => name)

function save(name: string) {
  const place = { serviceId: 'planio', baseUrl: `https://${name}.plan.io`, redirect: { mode: 'ephemeral' as const } }
  return grantdesk.call('clients.save', {
    name,
    clientId: 'us',
    clientAuthentication: 'body',
    clientSecret: 's',
    ...place,
  })
}

/** A vault with something in it, whose host has ended. */
async function kept(): Promise<void> {
  await started()
  await save('kept')
  await grantdesk.close()
}

describe.skipIf(!canMount())('a disk', () => {
  it('that is full is told as that, costs nothing that was stored, and works again once there is room', async () => {
    disk = mountSmallDisk(folder)
    await started()
    await save('kept')
    const before = readFileSync(file, 'utf8')
    disk.fill()
    await expect(save('new')).rejects.toMatchObject({
      failure: { kind: 'vault_broken', message: expect.stringMatching(/the disk is full \(ENOSPC\)/) },
    })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(before))
    expect(await names()).toEqual(['kept'])
    disk.clear()
    await save('new')
    await grantdesk.close()
    await started()
    expect(await names()).toEqual(['kept', 'new'])
  })

  it('that fills up in the middle of a flow costs neither the operation nor what was recorded, and takes the rest when it has room', async () => {
    const small = mountSmallDisk(folder, '512k')
    disk = small
    let fills = false
    const filling: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      if (fills) small.fill()
      fills = false
      return response
    }
    grantdesk = await openTestApp({ ...ports(), fetch: filling })
    const { id } = await grantdesk.connected('planio')
    const send = (key: string) =>
      grantdesk.call('requests.send', { key, connectionId: id, method: 'GET', path: '/users/current.json' })
    await send('before')
    fills = true
    expect((await send('while it fills up')).status).toBe(200)
    expect((await send('full')).status).toBe(200)
    const flows = async () => {
      const found = (await grantdesk.call('flows.list', { connectionId: id })).flows.filter(
        ({ kind }) => kind === 'request',
      )
      return Promise.all(found.map((flow) => grantdesk.call('flows.get', { id: flow.id })))
    }
    const whole = { outcome: 'succeeded', missing: 0 }
    expect(await flows()).toMatchObject([whole, whole, whole])
    expect(
      grantdesk.ports.logged.filter((line) => line.includes('cannot be written down now: the disk is full')),
    ).toHaveLength(1)
    const { unwritten } = await grantdesk.call('flows.list', {})
    expect(unwritten).toContain('the disk is full (ENOSPC). It is kept in memory and tried again.')
    small.clear()
    await grantdesk.close()
    await started()
    expect(await flows()).toMatchObject([whole, whole, whole])
  })

  it('that becomes read-only is told as that, and its vault can be used again when it is not', async () => {
    disk = mountSmallDisk(folder)
    await started()
    await save('kept')
    disk.readOnly()
    await expect(save('new')).rejects.toThrow(/can be read only \(EROFS\)/)
    await grantdesk.close().catch(() => undefined)
    await started()
    expect(await status()).toEqual({
      ...{ state: 'broken', file, why: expect.stringContaining('EROFS') },
      remedy: expect.stringMatching(/Make the disk writable.*Leave the vault’s file as it is/),
    })
    disk.writable()
    expect(await grantdesk.call('vault.retry', {})).toMatchObject({ state: 'open' })
    expect(await names()).toEqual(['kept'])
  })

  it('that was full before the start offers no copy, asks for room, and leaves no lock behind', async () => {
    disk = mountSmallDisk(folder)
    await kept()
    disk.fill()
    await started()
    expect(await status()).toEqual({
      ...{ state: 'broken', file, why: expect.stringContaining('ENOSPC') },
      remedy: expect.stringMatching(/Make room.*Leave the vault’s file as it is/),
    })
    await expect(grantdesk.call('vault.recover', {})).rejects.toMatchObject({
      failure: { kind: 'conflict', message: expect.stringMatching(/copy is not used.*ENOSPC/) },
    })
    expect(readdirSync(folder).sort()).toEqual(['ballast', 'logs', 'vault.copy.json', 'vault.json'])
    disk.clear()
    expect(await grantdesk.call('vault.retry', {})).toMatchObject({ state: 'open' })
    expect(await names()).toEqual(['kept'])
  })
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
  const status = await vault.open()
  expect(status).toMatchObject({ state: 'broken', why: expect.stringContaining('no right to it (EACCES)') })
  expect(status).toMatchObject({ remedy: expect.stringMatching(/right to read and write/) })
  expect(status).not.toHaveProperty('lastGood')
})

const keptBeside = expect.stringContaining('kept beside it')

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
    expect(await status()).toMatchObject({ state: 'broken', file, lastGood: { writtenAt }, remedy: keptBeside })
    await grantdesk.call('vault.retry', {})
    expect(readFileSync(file, 'utf8')).toBe(damaged)

    const answer = await grantdesk.call('vault.recover', {})
    expect(answer.vault).toMatchObject({ state: 'open' })
    expect(readFileSync(answer.keptAs ?? '', 'utf8')).toBe(damaged)
    expect(await names()).toEqual(['kept'])
    await save('new')
    await grantdesk.close()
    await started()
    expect(await names()).toEqual(['kept', 'new'])
  })

  it('that was damaged while the host ran is not written over', async () => {
    await started()
    await save('kept')
    await copied()
    writeFileSync(file, '{"half')
    await expect(save('new')).rejects.toMatchObject({ failure: { kind: 'vault_broken' } })
    expect(readFileSync(file, 'utf8')).toBe('{"half')
    expect(await grantdesk.call('vault.retry', {})).toMatchObject({ state: 'broken', lastGood: {}, remedy: keptBeside })
    expect((await grantdesk.call('vault.recover', {})).vault).toMatchObject({ state: 'open' })
    expect(await names()).toEqual(['kept'])
  })

  it('that is gone is not taken for a fresh start while its copy is there', async () => {
    await kept()
    rmSync(file)
    await started()
    const found = await status()
    expect(found).toMatchObject({ state: 'broken', lastGood: {}, remedy: expect.stringContaining('last good copy') })
    expect(found).not.toMatchObject({ remedy: keptBeside })
    expect(await grantdesk.call('vault.recover', {})).toMatchObject({ vault: { state: 'open' }, keptAs: null })
    expect(await names()).toEqual(['kept'])
  })

  it('whose copy is damaged too is only told', async () => {
    await kept()
    for (const one of [file, copy]) writeFileSync(one, '{"half')
    await started()
    const remedy = expect.stringMatching(/^Put a good copy of the file in its place/)
    expect(await status()).toEqual({ state: 'broken', why: expect.any(String), remedy, file })
    await expect(grantdesk.call('vault.recover', {})).rejects.toThrow(/no good copy/)
    expect([readFileSync(file, 'utf8'), readFileSync(copy, 'utf8')]).toEqual(['{"half', '{"half'])
  })

  it('of a newer version is left to the newer Grantdesk, whose work an older copy would undo', async () => {
    await kept()
    const newer = JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), version: 99 })
    writeFileSync(file, newer)
    await started()
    const remedy = expect.stringMatching(/^Update Grantdesk/)
    expect(await status()).toEqual({ state: 'broken', why: expect.stringContaining('newer Grantdesk'), remedy, file })
    await expect(grantdesk.call('vault.recover', {})).rejects.toMatchObject({
      failure: { kind: 'conflict', message: expect.stringMatching(/copy is not used.*newer/) },
    })
    expect(readFileSync(file, 'utf8')).toBe(newer)
  })
})

/** The copy catches up when nothing was written for a while. */
async function copied(): Promise<void> {
  await expect.poll(() => readFileSync(copy, 'utf8') === readFileSync(file, 'utf8')).toBe(true)
}

describe('the last good copy', () => {
  it('is no way around a whole vault', async () => {
    await started()
    await save('kept')
    await expect(grantdesk.call('vault.recover', {})).rejects.toThrow(/every record in it opens/)
    await grantdesk.call('vault.lock', {})
    await expect(grantdesk.call('vault.recover', {})).rejects.toThrow(/file can be read/)
    expect(await grantdesk.call('vault.retry', {})).toMatchObject({ state: 'open' })
    expect(await names()).toEqual(['kept'])
  })

  it('is for its owner only and holds what the file holds, a changed passphrase included', async () => {
    await started()
    await grantdesk.call('vault.setPassphrase', { passphrase: 'the first one' })
    await grantdesk.call('vault.setPassphrase', { passphrase: 'the second one', present: 'the first one' })
    expect(readFileSync(copy, 'utf8')).toBe(readFileSync(file, 'utf8'))
    if (process.platform !== 'win32') expect(statSync(copy).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).sort()).toEqual(['logs', 'owner.json', 'vault.copy.json', 'vault.json'])
  })

  it('that a killed host left behind its file follows it at the next start', async () => {
    await kept()
    const before = readFileSync(copy, 'utf8')
    await started()
    await save('new')
    await grantdesk.close()
    writeFileSync(copy, before)
    const vault = openVault(ports())
    await vault.open()
    await copied()
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
