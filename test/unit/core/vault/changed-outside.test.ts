import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Keychain, VaultDocumentFile } from '../../../../core/ports.ts'
import { fileOwnership } from '../../../../core/vault/ownership.ts'
import { openVault, type Vault } from '../../../../core/vault/vault.ts'
import { vaultDocument } from '../../../../headless/vault-document.ts'
import { memoryKeychain, memoryPorts } from './memory-ports.ts'
import { connection, planted, sampleChanges, tokens } from './sample-records.ts'

const clock = { now: () => 1_700_000_000_000 }
const refused = { failure: { kind: 'vault_broken', remedy: expect.stringMatching(/./) } }
let folder: string
let file: string
let lock: string
let keychain: ReturnType<typeof memoryKeychain>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantdesk-'))
  file = join(folder, 'vault.json')
  lock = join(folder, 'owner.json')
  keychain = memoryKeychain()
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A host of its own on the one folder, opened by the one keychain unless another is given. */
async function host(
  kind: 'desktop' | 'serve',
  given: { document?: VaultDocumentFile; keychain?: Keychain } = {},
): Promise<Vault> {
  const ownership = fileOwnership(folder, kind, clock)
  const vault = openVault(memoryPorts({ document: vaultDocument(folder), ownership, keychain, ...given }))
  await vault.open()
  return vault
}

const add = (vault: Vault, id: string) => vault.write([{ put: 'connection', id, value: connection(id) }])

async function names(vault: Vault): Promise<string[]> {
  return (await vault.list('connection')).map(({ id }) => id).sort()
}

describe('a vault whose lock was removed while it was open', () => {
  test('does not write over what another host stored in between, and goes on from there when asked again', async () => {
    const first = await host('desktop')
    await first.write(sampleChanges)
    rmSync(lock)
    const second = await host('serve')
    await second.write([{ put: 'tokens', id: 'n1', value: tokens('rotated by the second') }])
    await add(second, 'n2')
    await second.close()
    const left = readFileSync(file, 'utf8')

    await expect(add(first, 'n3')).rejects.toMatchObject(refused)
    expect(readFileSync(file, 'utf8')).toBe(left)
    expect(first.status()).toMatchObject({ state: 'broken', file })
    await expect(add(first, 'n3')).rejects.toMatchObject({ failure: { kind: 'vault_locked' } })

    expect(await first.retry()).toMatchObject({ state: 'open' })
    expect(await names(first)).toEqual(['n1', 'n2'])
    expect((await first.read('tokens', 'n1'))?.accessToken.reveal()).toBe('rotated by the second')
    await add(first, 'n3')
    expect(await names(first)).toEqual(['n1', 'n2', 'n3'])
  })

  test('writes nothing either when the file is as it was, since another host may have it open', async () => {
    const vault = await host('desktop')
    const left = readFileSync(file, 'utf8')
    rmSync(lock)
    await expect(add(vault, 'n1')).rejects.toMatchObject(refused)
    expect(readFileSync(file, 'utf8')).toBe(left)
    await vault.retry()
    await add(vault, 'n1')
    expect(await names(vault)).toEqual(['n1'])
  })
})

describe('a vault whose file was changed outside while it was open', () => {
  test.each(['another document', 'what is no JSON any more'])('does not write over it: %s', async (what) => {
    const vault = await host('desktop')
    await vault.write(sampleChanges)
    const older = readFileSync(file, 'utf8')
    await add(vault, 'n2')
    const now = what === 'another document' ? older : '{"cut sh'
    writeFileSync(file, now)
    await expect(add(vault, 'n3')).rejects.toMatchObject(refused)
    expect(readFileSync(file, 'utf8')).toBe(now)
    expect(vault.status()).toMatchObject({ state: 'broken', file, remedy: expect.stringMatching(/^Try again/) })
    expect(vault.status()).not.toHaveProperty('lastGood')
    const again = await vault.retry()
    expect(again.state).toBe(now === older ? 'open' : 'broken')
    if (now === older) expect(await names(vault)).toEqual(['n1'])
  })

  test('does not make a removed one again, keeps what it holds readable, and goes on once it is put back', async () => {
    const vault = await host('desktop')
    await vault.write(sampleChanges)
    renameSync(file, `${file}.away`)
    await expect(add(vault, 'n2')).rejects.toMatchObject(refused)
    expect(existsSync(file)).toBe(false)
    expect(vault.status()).toMatchObject({ state: 'open' })
    expect((await vault.read('tokens', 'n1'))?.accessToken.reveal()).toBe(planted.accessToken)
    renameSync(`${file}.away`, file)
    await add(vault, 'n2')
    expect(await names(vault)).toEqual(['n1', 'n2'])
  })

  test('stays open where the file cannot be looked at for the moment', async () => {
    const document = vaultDocument(folder)
    let failing = false
    const mark = () => {
      if (failing) throw Object.assign(new Error('too many open files'), { code: 'EMFILE' })
      return document.mark()
    }
    const vault = await host('desktop', { document: { ...document, mark } })
    failing = true
    await expect(add(vault, 'n1')).rejects.toThrow(/EMFILE/)
    expect(vault.status()).toMatchObject({ state: 'open' })
    failing = false
    await add(vault, 'n1')
    expect(await names(vault)).toEqual(['n1'])
  })

  test('is not written over by a first document when one appeared in the meantime', async () => {
    const theirs = '{"a vault":"of somebody else"}'
    const late = {
      ...memoryKeychain(),
      async backend() {
        writeFileSync(file, theirs)
        return 'Slow Keychain'
      },
    }
    const vault = await host('desktop', { keychain: late })
    expect(vault.status()).toMatchObject({
      state: 'broken',
      file,
      why: expect.stringContaining('changed by somebody else'),
    })
    expect(readFileSync(file, 'utf8')).toBe(theirs)
  })
})

test.skipIf(process.platform === 'win32')(
  'a file that was open to other users is closed and told, each time',
  async () => {
    const lines: string[] = []
    const log = {
      write: (_: string, message: string, detail = {}) => void lines.push(message + JSON.stringify(detail)),
    }
    const told = () => lines.splice(0).filter((line) => line.includes('other users'))
    const opened = () => openVault(memoryPorts({ document: vaultDocument(folder), keychain, log }))
    const vault = opened()
    await vault.open()
    await add(vault, 'n1')
    expect([told(), vault.exposed.list()]).toEqual([[], []])
    chmodSync(file, 0o644)
    await add(vault, 'n2')
    expect([told(), vault.exposed.list()]).toEqual([[expect.stringContaining(file)], [file]])
    vault.exposed.dismiss()
    await add(vault, 'n3')
    expect([told(), vault.exposed.list()]).toEqual([[], []])
    await vault.close()
    chmodSync(folder, 0o755)
    const again = opened()
    expect(await again.open()).toMatchObject({ state: 'open' })
    expect([told(), again.exposed.list()]).toEqual([[expect.stringContaining(folder)], [folder]])
    expect(statSync(folder).mode & 0o077).toBe(0)
    await again.close()
  },
)
