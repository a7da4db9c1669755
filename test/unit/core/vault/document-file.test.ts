import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { documentFile, type OpenStore } from '../../../../core/vault/document-file.ts'
import { plainStores } from './plain-stores.ts'

const posix = process.platform !== 'win32'
let folder: string
let file: string
let copy: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'grantdesk-')))
  file = join(folder, 'vault.json')
  copy = join(folder, 'vault.copy.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const open = (stores: OpenStore = plainStores()) => documentFile(folder, stores)
const textOf = (path: string) => readFileSync(path, 'utf8')

describe('a write', () => {
  test('leaves the old document where it lies until the new one is whole, and then keeps it as the copy', () => {
    const seen: string[] = []
    open().write({ number: 1 })
    expect(textOf(copy)).toBe('{"number":1}')
    const watched = open(
      plainStores((path, bytes) => {
        writeFileSync(path, bytes)
        seen.push(textOf(file))
      }),
    )
    watched.write({ number: 2 })
    expect(seen).toEqual(['{"number":1}'])
    expect(watched.read()).toEqual({ number: 2 })
    expect(textOf(copy)).toBe('{"number":1}')
    expect(readdirSync(folder).sort()).toEqual(['vault.copy.json', 'vault.json'])
  })

  test('writes nothing twice: the copy is the file that was replaced', () => {
    const document = open()
    document.write({ number: 1 })
    const { ino } = statSync(file)
    document.write({ number: 2 })
    expect(statSync(copy).ino).toBe(ino)
    expect(statSync(file).ino).not.toBe(ino)
  })

  test('of which only a part reaches the disk is found out, and the old document and its copy stay', () => {
    open().write({ number: 1 })
    open().write({ number: 2 })
    const lossy = open(plainStores((path, bytes) => writeFileSync(path, bytes.subarray(0, 4))))
    expect(() => lossy.write({ number: 3 })).toThrow(/not written whole/)
    expect([textOf(file), textOf(copy)]).toEqual(['{"number":2}', '{"number":1}'])
    expect(readdirSync(folder).sort()).toEqual(['vault.copy.json', 'vault.json'])
  })

  test('that fails in the middle leaves both as they are, and nothing else', () => {
    open().write({ number: 1 })
    open().write({ number: 2 })
    const failing = open(
      plainStores((path) => {
        writeFileSync(path, '{"num')
        throw new Error('no room')
      }),
    )
    expect(() => failing.write({ number: 3 })).toThrow(/no room/)
    expect([textOf(file), textOf(copy)]).toEqual(['{"number":2}', '{"number":1}'])
    expect(readdirSync(folder).sort()).toEqual(['vault.copy.json', 'vault.json'])
  })

  test('over what nobody knows to be whole leaves the copy alone', () => {
    open().write({ number: 1 })
    open().write({ number: 2 })
    open().write({ number: 3 }, 'is_dropped')
    expect([textOf(file), textOf(copy)]).toEqual(['{"number":3}', '{"number":1}'])
  })

  test.skipIf(!posix)('through a link writes where it leads, and leaves the link', () => {
    const elsewhere = join(folder, 'elsewhere')
    mkdirSync(elsewhere)
    symlinkSync(join(elsewhere, 'mine.json'), file)
    writeFileSync(join(elsewhere, 'mine.json'), '{"number":1}')
    open().write({ number: 2 })
    expect(readlinkSync(file)).toBe(join(elsewhere, 'mine.json'))
    expect([textOf(file), textOf(copy)]).toEqual(['{"number":2}', '{"number":1}'])
    expect(readdirSync(elsewhere)).toEqual(['mine.json'])
  })
})

describe('the copy', () => {
  test('holds what the file holds when it was asked to, in a file of its own', () => {
    const document = open()
    document.write({ number: 1 })
    document.write({ number: 2 })
    document.lastGood?.follow()
    expect(textOf(copy)).toBe('{"number":2}')
    expect(statSync(copy).ino).not.toBe(statSync(file).ino)
  })

  test('that is one file with the vault, since a process was killed in between, becomes a file of its own again', () => {
    const document = open()
    document.write({ number: 1 })
    rmSync(copy)
    execFileSync('ln', [file, copy])
    document.lastGood?.follow()
    expect(statSync(copy).ino).not.toBe(statSync(file).ino)
    expect(textOf(copy)).toBe('{"number":1}')
  })

  test.skipIf(!posix)('takes the place of a file that cannot be read, which is kept', () => {
    const document = open()
    document.write({ number: 1 })
    document.lastGood?.follow()
    rmSync(file)
    symlinkSync('vault.json', file)
    const aside = document.lastGood?.use() ?? ''
    expect(readlinkSync(aside)).toBe('vault.json')
    expect(document.read()).toEqual({ number: 1 })
  })
})

describe('what the system tells of the file', () => {
  test('is the same until it is written, changed or taken away', () => {
    const document = open()
    expect(document.mark()).toBeNull()
    document.write({ number: 1 })
    const first = document.mark()
    expect(document.mark()).toBe(first)
    document.read()
    expect(document.mark()).toBe(first)
    document.write({ number: 2 })
    const second = document.mark()
    expect(second).not.toBe(first)
    writeFileSync(file, '{"number":22}')
    expect(document.mark()).not.toBe(second)
    rmSync(file)
    expect(document.mark()).toBeNull()
  })
})

test.skipIf(!posix)('closes what everybody else could look into, and tells it once each time it happens', () => {
  const document = open()
  document.write({ number: 1 })
  document.write({ number: 2 })
  const logs = join(folder, 'logs')
  mkdirSync(logs, { mode: 0o700 })
  expect(document.closeToOthers?.()).toEqual([])
  for (const path of [file, copy]) chmodSync(path, 0o644)
  for (const path of [folder, logs]) chmodSync(path, 0o750)
  expect(document.closeToOthers?.()).toEqual([folder, file, copy, logs])
  const modes = [folder, file, copy, logs].map((path) => statSync(path).mode & 0o777)
  expect(modes).toEqual([0o700, 0o600, 0o600, 0o700])
  expect(document.closeToOthers?.()).toEqual([])
  chmodSync(file, 0o640)
  expect(document.closeToOthers?.()).toEqual([file])
})

describe.skipIf(!posix)('reading', () => {
  test.each([
    ['ELOOP', 'vault.json'],
    ['LINK_TARGET_AWAY', 'on a disk that is not mounted'],
  ])(
    'what the system does not let us read (%s) throws, writing too, and everything stays where it is',
    (code, target) => {
      const document = open()
      document.write({ number: 1 })
      document.write({ number: 2 })
      rmSync(file)
      symlinkSync(target, file)
      const refused = expect.objectContaining({ code })
      expect(() => document.read()).toThrow(refused)
      expect(() => document.mark()).toThrow(refused)
      expect(() => document.write({ number: 3 })).toThrow(refused)
      expect(readlinkSync(file)).toBe(target)
      expect(textOf(copy)).toBe('{"number":1}')
    },
  )

  test('never opens a pipe: not as the file, and not as its copy', () => {
    const document = open()
    execFileSync('mkfifo', [copy])
    expect(document.lastGood?.read()).toBeUndefined()
    document.write({ number: 1 })
    document.write({ number: 2 })
    expect(document.lastGood?.read()).toMatchObject({ document: { number: 1 } })
    rmSync(file)
    execFileSync('mkfifo', [file])
    for (const use of [() => document.read(), () => document.write({ number: 3 })]) {
      expect(use).toThrow(expect.objectContaining({ code: 'NO_FILE', path: file }))
    }
  })
})
