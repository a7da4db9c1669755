import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { documentFile } from '../../../../core/vault/document-file.ts'

/** A store that keeps its file as conf does, and lets a test look on at the moment it is about to write. */
function watchedStore(file: string, look: () => void) {
  return {
    get store() {
      return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    },
    set store(value) {
      look()
      writeFileSync(file, JSON.stringify(value))
    },
  }
}

test('at the moment of writing the old document lies there whole, twice', () => {
  const folder = mkdtempSync(join(tmpdir(), 'grantdesk-'))
  const file = join(folder, 'vault.json')
  const seen: string[] = []
  let look = () => {}
  const document = documentFile(file, () => watchedStore(file, () => look()))
  document.write({ old: true })
  look = () => seen.push(readFileSync(file, 'utf8'), readFileSync(join(folder, 'vault.copy.json'), 'utf8'))
  document.write({ old: false })
  expect(seen).toEqual(['{"old":true}', '{"old":true}'])
  expect(document.read()).toEqual({ old: false })
  rmSync(folder, { recursive: true })
})

test('a store that writes something else than it was given is found out, and the old document put back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'grantdesk-'))
  const file = join(folder, 'vault.json')
  documentFile(file, () => watchedStore(file, () => undefined)).write({ old: true })
  const lossy = {
    get store() {
      return {}
    },
    set store(_value) {
      writeFileSync(file, '{"ol')
    },
  }
  expect(() => documentFile(file, () => lossy).write({ old: false })).toThrow(/not written whole/)
  expect(readFileSync(file, 'utf8')).toBe('{"old":true}')
  rmSync(folder, { recursive: true })
})
