import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Secret } from '../../../core/secret.ts'
import { openVault } from '../../../core/vault/vault.ts'
import { vaultDocument } from '../../../headless/vault-document.ts'
import { memoryPorts } from '../core/vault/memory-ports.ts'
import { planted, sampleChanges } from '../core/vault/sample-records.ts'

const posix = process.platform !== 'win32'
let folder: string
let file: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'grantdesk-')), 'vault')
  file = join(folder, 'vault.json')
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

function everyByte(of: string): string {
  return readdirSync(of, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.name}\n${readFileSync(join(entry.parentPath, entry.name), 'latin1')}`)
    .join('\n')
}

describe('the vault on disk', () => {
  test('holds nothing secret in the clear, not even encoded', async () => {
    const passphrase = 'planted passphrase'
    const vault = openVault(memoryPorts({ document: vaultDocument(folder), keychain: null }))
    await vault.create(new Secret(passphrase))
    await vault.write(sampleChanges)
    const bytes = everyByte(folder)
    expect(bytes).toContain('tokens:n1')
    for (const secret of [...Object.values(planted), passphrase]) {
      for (const encoding of ['utf8', 'base64url', 'hex'] as const) {
        expect(bytes).not.toContain(Buffer.from(secret).toString(encoding).slice(0, -2))
      }
    }
  })

  test.skipIf(!posix)('is readable by its owner only, and leaves no other file behind', async () => {
    const vault = openVault(memoryPorts({ document: vaultDocument(folder) }))
    await vault.open()
    await vault.write(sampleChanges)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(readdirSync(folder).sort()).toEqual(['vault.copy.json', 'vault.json'])
  })

  test('comes back in another process’s eyes as it was written', async () => {
    const ports = memoryPorts({ document: vaultDocument(folder) })
    const vault = openVault(ports)
    await vault.open()
    await vault.write(sampleChanges)
    const again = openVault({ ...ports, document: vaultDocument(folder) })
    await again.open()
    expect((await again.read('tokens', 'n1'))?.accessToken.reveal()).toBe(planted.accessToken)
  })

  test('is not there until something is written', () => {
    expect(vaultDocument(folder).read()).toBeUndefined()
    expect(existsSync(folder)).toBe(false)
  })

  test.each(['{"half', '', '[]', 'null', '"text"', '{}'])('is left as it is when it holds %j', async (garbage) => {
    vaultDocument(folder).write({ any: 'thing' })
    writeFileSync(file, garbage)
    const vault = openVault(memoryPorts({ document: vaultDocument(folder) }))
    expect(await vault.open()).toMatchObject({ state: 'broken', file })
    await expect(vault.create(new Secret('long enough'))).rejects.toMatchObject({ failure: { kind: 'vault_broken' } })
    expect(readFileSync(file, 'utf8')).toBe(garbage)
  })

  test.skipIf(!posix)('is neither missing nor damaged when it is a link to a disk that is away', async () => {
    const ports = memoryPorts({ document: vaultDocument(folder) })
    const vault = openVault(ports)
    await vault.open()
    await vault.write(sampleChanges)
    await vault.close()
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    renameSync(file, join(disk, 'vault.json'))
    symlinkSync(join(disk, 'vault.json'), file)
    renameSync(disk, join(folder, 'unmounted'))

    const away = openVault({ ...ports, document: vaultDocument(folder) })
    const status = await away.open()
    expect(status).toMatchObject({ state: 'broken', why: expect.stringContaining('cannot be reached now') })
    expect(status).not.toHaveProperty('lastGood')
    await expect(away.recover()).rejects.toMatchObject({ failure: { kind: 'conflict' } })
    expect(readlinkSync(file)).toBe(join(disk, 'vault.json'))
    await expect(away.create(new Secret('long enough'))).rejects.toMatchObject({ failure: { kind: 'vault_broken' } })

    renameSync(join(folder, 'unmounted'), disk)
    expect(await away.retry()).toMatchObject({ state: 'open' })
    await away.write([{ remove: 'client', id: 'c1' }])
    expect(readlinkSync(file)).toBe(join(disk, 'vault.json'))
    expect(readdirSync(disk)).toEqual(['vault.json'])
  })
})

describe('a write that cannot be finished', () => {
  test('throws and leaves the old file whole when the folder is gone under it', () => {
    const document = vaultDocument(folder)
    document.write({ old: true })
    rmSync(folder, { recursive: true })
    writeFileSync(folder, 'now a file')
    expect(() => document.write({ new: true })).toThrow()
  })

  // A limit on the size of files cuts a write short as a full disk does: the first call writes what fits and reports
  // success, and only a further one would fail.
  test.skipIf(!posix).each([{}, { SNAP: '/snap/other' }])(
    'because the disk is full throws and leaves the old file whole, with %o',
    (more) => {
      const document = vaultDocument(folder)
      document.write({ old: 'x'.repeat(300) })
      const program = `
        import { vaultDocument } from '${join(import.meta.dirname, '../../../headless/vault-document.ts')}'
        try { vaultDocument(${JSON.stringify(folder)}).write({ new: 'y'.repeat(9000) }); console.log('wrote') }
        catch { console.log('threw') }`
      const said = execFileSync(
        'sh',
        ['-c', 'ulimit -f 4; "$0" --input-type=module -e "$1"', process.execPath, program],
        {
          env: { ...process.env, ...more },
          encoding: 'utf8',
        },
      )
      expect(said.trim()).toBe('threw')
      expect(vaultDocument(folder).read()).toEqual({ old: 'x'.repeat(300) })
      expect(readdirSync(folder).sort()).toEqual(['vault.copy.json', 'vault.json'])
    },
  )
})

test('what a killed process had begun to write is cleared away by the next one', () => {
  const document = vaultDocument(folder)
  document.write({ any: 'thing' })
  const begun = ['next.json.tmp-1234567890abcdef', 'next.json', 'copy.json.tmp-new', 'json.before', 'json.writing']
  for (const name of begun) writeFileSync(join(folder, `vault.${name}`), '{"half')
  writeFileSync(join(folder, 'notes.txt'), 'somebody’s')
  expect(vaultDocument(folder).read()).toEqual({ any: 'thing' })
  expect(readdirSync(folder).sort()).toEqual(['notes.txt', 'vault.copy.json', 'vault.json'])
})
