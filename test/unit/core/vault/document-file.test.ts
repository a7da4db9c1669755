import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
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

describe('a file whose write a killed process left unfinished', () => {
  function interrupted() {
    const folder = mkdtempSync(join(tmpdir(), 'grantdesk-'))
    const file = join(folder, 'vault.json')
    const document = documentFile(file, () => watchedStore(file, () => undefined))
    document.write({ kept: true })
    writeFileSync(`${file}.writing`, '')
    return { folder, file, document, copy: join(folder, 'vault.copy.json') }
  }

  test.each([
    ['cut short', (file: string) => writeFileSync(file, '{"ke')],
    ['missing', (file: string) => rmSync(file)],
  ])('and that is %s is what its copy holds', (_, damage) => {
    const { folder, file, document } = interrupted()
    damage(file)
    expect(document.read()).toEqual({ kept: true })
    expect(existsSync(`${file}.writing`)).toBe(false)
    rmSync(folder, { recursive: true })
  })

  test.skipIf(process.platform === 'win32').each([
    ['ELOOP', 'vault.json'],
    ['ENOENT', 'on a disk that is not mounted'],
  ])('and that the system does not let us read (%s) stays where it is, and says so', (code, target) => {
    const { folder, file, document, copy } = interrupted()
    rmSync(file)
    symlinkSync(target, file)
    expect(() => document.read()).toThrow(expect.objectContaining({ code }))
    expect(() => document.write({ kept: false })).toThrow(expect.objectContaining({ code }))
    expect(readlinkSync(file)).toBe(target)
    expect(readFileSync(copy, 'utf8')).toBe('{"kept":true}')
    rmSync(folder, { recursive: true })
  })
})

test.skipIf(process.platform === 'win32')('a file that cannot be read is kept when its copy takes its place', () => {
  const folder = mkdtempSync(join(tmpdir(), 'grantdesk-'))
  const file = join(folder, 'vault.json')
  const document = documentFile(file, () => watchedStore(file, () => undefined))
  document.write({ kept: true })
  rmSync(file)
  symlinkSync('vault.json', file)
  const aside = document.lastGood?.use() ?? ''
  expect(readlinkSync(aside)).toBe('vault.json')
  expect(document.read()).toEqual({ kept: true })
  rmSync(folder, { recursive: true })
})

test('a copy that cannot be read takes no place after a write that failed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'grantdesk-'))
  const file = join(folder, 'vault.json')
  const copy = join(folder, 'vault.copy.json')
  documentFile(file, () => watchedStore(file, () => undefined)).write({ kept: true })
  const failing = {
    get store() {
      return {}
    },
    set store(_value) {
      writeFileSync(copy, '{"ke')
      throw new Error('no room')
    },
  }
  expect(() => documentFile(file, () => failing).write({ kept: false })).toThrow(/no room/)
  expect(readFileSync(file, 'utf8')).toBe('{"kept":true}')
  rmSync(folder, { recursive: true })
})

test.skipIf(process.platform === 'win32')('a pipe is never read: not as the file, and not as its copy', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'grantdesk-'))
  const file = join(folder, 'vault.json')
  const document = documentFile(file, () => watchedStore(file, () => undefined))
  execFileSync('mkfifo', [join(folder, 'vault.copy.json')])
  expect(document.lastGood?.read()).toBeUndefined()
  document.write({ kept: true })
  expect(document.lastGood?.read()).toMatchObject({ document: { kept: true } })
  rmSync(file)
  execFileSync('mkfifo', [file])
  for (const use of [() => document.read(), () => document.write({ kept: false })]) {
    expect(use).toThrow(expect.objectContaining({ code: 'NO_FILE', path: file }))
  }
  rmSync(folder, { recursive: true })
})
