import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Secret } from '../../../../core/secret.ts'
import { documentFile } from '../../../../core/vault/document-file.ts'
import { fileOwnership } from '../../../../core/vault/ownership.ts'
import { openVault } from '../../../../core/vault/vault.ts'
import { memoryPorts } from './memory-ports.ts'
import { plainStores } from './plain-stores.ts'
import { sampleChanges } from './sample-records.ts'

const passphrase = new Secret('correct horse battery')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantdesk-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function vaultIn(place: string) {
  const clock = { now: () => 1 }
  const document = documentFile(place, plainStores())
  return openVault(memoryPorts({ document, ownership: fileOwnership(place, 'command', clock), keychain: null, clock }))
}

describe.skipIf(process.platform === 'win32')('a stray folder', () => {
  test.each(['owner.json', 'vault.next.json', 'vault.copy.json', 'vault.copy.json.tmp-new'])(
    '%s is named as what is to be moved away, and afterwards all is as it was',
    async (name) => {
      const first = vaultIn(folder)
      await first.create(passphrase)
      await first.close()
      const path = join(folder, name)
      rmSync(path, { force: true })
      rmSync(join(folder, 'vault.copy.json'), { force: true })
      mkdirSync(join(path, 'within'), { recursive: true })
      const use = async () => {
        const vault = vaultIn(folder)
        try {
          await vault.unlock(passphrase)
          await vault.write(sampleChanges)
        } finally {
          await vault.close()
        }
      }
      await expect(use()).rejects.toMatchObject({
        failure: { kind: 'vault_broken', remedy: expect.stringContaining(`Move ${path} away`) },
      })
      expect(existsSync(path)).toBe(true)
      rmdirSync(join(path, 'within'))
      rmdirSync(path)
      await use()
    },
  )
})

test.each(['a-file', 'a-file/within'])(
  'a file in the place of the vault’s folder (%s) is told as that',
  async (name) => {
    writeFileSync(join(folder, 'a-file'), '')
    const place = join(folder, name)
    const remedy = `At ${place} there can be no folder: a file is in the way. Move it away, or name another folder with GRANTDESK_HOME, then try again.`
    expect(await vaultIn(place).open()).toMatchObject({ state: 'broken', remedy })
  },
)
