// Sealed logs on real files: what was written is read again, whatever a crash, a full disk or a stranger made of the file.
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { lineCipher } from '../../../../core/sealed-log/line-cipher.ts'
import { logFolder } from '../../../../core/sealed-log/log-folder.ts'
import { createSealedLogs, type SealedLogs } from '../../../../core/sealed-log/sealed-logs.ts'
import { canMount, mountSmallDisk } from '../../../support/small-disk.ts'

const dataKey = new Uint8Array(32).fill(7)
const name = 'flows/a'

let folder: string
let logs: SealedLogs
let troubles: unknown[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantdesk-logs-'))
  logs = opened()
})

afterEach(() => {
  logs.forget()
  vi.useRealTimers()
  rmSync(folder, { recursive: true, force: true })
})

function opened(change: { key?: Uint8Array; cipher?: () => ReturnType<typeof lineCipher>; held?: () => void } = {}) {
  troubles = []
  const cipher = lineCipher(change.key ?? dataKey, 'vault-1')
  return createSealedLogs({
    folder: logFolder(folder),
    cipher: change.cipher ?? (() => cipher),
    beforeWrite: change.held ?? (() => undefined),
    troubleWords(error) {
      troubles.push(error)
      return String(error)
    },
  })
}

const fileOf = (log = name) => join(folder, 'vault-1', log)
const texts = (log = name) =>
  opened()
    .read(log)
    ?.lines.map(({ text }) => text)

/** A file with these lines, written by a process that has ended. */
function written(lines: string[], log = name): void {
  const one = opened()
  one.create(log)
  for (const line of lines) one.append(log, line)
  one.flush()
}

/** The file's lines as they lie on disk, changed by a stranger. */
function edit(change: (lines: string[]) => string[], log = name): void {
  const lines = readFileSync(fileOf(log), 'latin1').split('\n').slice(0, -1)
  writeFileSync(
    fileOf(log),
    change(lines)
      .map((line) => `${line}\n`)
      .join(''),
  )
}

describe('a log', () => {
  it('is read as it was written, in pieces and by another process', () => {
    logs.create(name)
    logs.append(name, 'one')
    logs.flush()
    logs.append(name, 'two €')
    expect(logs.read(name)?.lines.map(({ text }) => text)).toEqual(['one', 'two €'])
    expect(texts()).toEqual(['one'])
    logs.flush()
    const later = opened()
    later.write(name, ['three'])
    expect(later.read(name)).toMatchObject({ missing: 0, isTorn: false })
    expect(texts()).toEqual(['one', 'two €', 'three'])
  })

  it('lies on disk for its owner alone, and says nothing of what it holds', () => {
    written(['the secret sesame'])
    expect(readFileSync(fileOf(), 'latin1')).not.toContain('sesame')
    expect(readFileSync(fileOf(), 'latin1')).toMatch(/^0 [\w-]+\n$/)
    if (process.platform !== 'win32') {
      expect(statSync(fileOf()).mode & 0o777).toBe(0o600)
      expect(statSync(join(folder, 'vault-1', 'flows')).mode & 0o777).toBe(0o700)
    }
  })

  it('waits a moment for more, and writes a burst at once', () => {
    vi.useFakeTimers()
    logs.create(name)
    for (let line = 0; line < 50; line++) logs.append(name, `${line}`)
    expect(readdirSync(folder)).toEqual([])
    vi.advanceTimersByTime(1_000)
    expect(texts()).toHaveLength(50)
  })

  it('is nothing to another key, another vault or another name', () => {
    written(['one'])
    const other = opened({ key: new Uint8Array(32).fill(8) })
    expect(other.read(name)).toMatchObject({ lines: [], missing: 1 })
    writeFileSync(fileOf('flows/b'), readFileSync(fileOf()))
    expect(opened().read('flows/b')).toMatchObject({ lines: [], missing: 1 })
    expect(opened({ cipher: () => lineCipher(dataKey, 'vault-2') }).read(name)).toBeNull()
  })

  it('is put in the place of another whole, with lines that the one before cannot be mixed with', () => {
    written(['one', 'two', 'three'])
    const before = readFileSync(fileOf(), 'latin1').split('\n')
    opened().replace(name, ['two', 'three'])
    expect(texts()).toEqual(['two', 'three'])
    edit((lines) => [before[0] ?? '', ...lines])
    expect(opened().read(name)).toMatchObject({ missing: expect.any(Number) })
    opened().write(name, ['four'])
    expect(texts()?.at(-1)).toBe('four')
  })

  it('leaves nothing behind where a process was killed while it put one in the place of another', () => {
    written(['one'])
    writeFileSync(`${fileOf()}.unfinished`, 'half')
    expect(opened().list('flows')).toEqual(['a'])
    expect(readdirSync(join(folder, 'vault-1', 'flows'))).toEqual(['a'])
  })

  it.skipIf(process.platform === 'win32')('is no link to somewhere else', () => {
    written(['one'])
    symlinkSync(fileOf(), fileOf('flows/b'))
    expect(() => opened().write('flows/b', ['two'])).toThrow(/ELOOP/)
    expect(texts()).toEqual(['one'])
  })
})

describe('the end of a log', () => {
  it('is read without the rest', () => {
    written(Array.from({ length: 500 }, (_, line) => `line ${line}`))
    const end = opened()
      .readEnd(name, 1_000)
      .map(({ text }) => text)
    expect(end.length).toBeLessThan(25)
    expect(end.at(-1)).toBe('line 499')
    logs.append(name, 'waits')
    expect(logs.readEnd(name, 1_000).at(-1)?.text).toBe('waits')
  })

  it('knows the size of what waits before it is encrypted', () => {
    logs.create(name)
    for (const line of ['', 'a', 'ab', 'abc €', 'x'.repeat(1_000)]) logs.append(name, line)
    const before = logs.sizeOf(name)
    logs.flush()
    expect(logs.sizeOf(name)).toBe(before)
    expect(statSync(fileOf()).size).toBe(before)
  })

  it('is written alone where only it is asked for', () => {
    for (const log of [name, 'flows/other']) {
      logs.create(log)
      logs.append(log, 'waits')
    }
    expect(logs.flush([name])).toBe(true)
    expect([texts(), texts('flows/other')]).toEqual([['waits'], undefined])
    logs.flush()
    expect(texts('flows/other')).toEqual(['waits'])
  })

  it('holds only the last of several lines about the same that waited together', () => {
    logs.create(name)
    logs.append(name, 'runs', 'request')
    logs.append(name, 'check')
    logs.append(name, 'has ended', 'request')
    const lines = ['has ended', 'check']
    expect(logs.read(name)).toMatchObject({ missing: 0, lines: lines.map((text) => ({ text })) })
    logs.flush()
    expect(opened().read(name)).toMatchObject({ missing: 0, lines: lines.map((text) => ({ text })) })
  })

  it('tells of a line that was left out', () => {
    logs.create(name)
    logs.append(name, 'one')
    logs.skip(name)
    logs.append(name, 'three')
    expect(logs.read(name)).toMatchObject({ missing: 1, lines: [{ text: 'one' }, { text: 'three' }] })
  })
})

describe('a file that was cut short', () => {
  it('is read up to its last whole line, says so, and goes on from there', () => {
    written(['one', 'two', 'three'])
    truncateSync(fileOf(), statSync(fileOf()).size - 5)
    const found = opened().read(name)
    expect([found?.lines.length, found?.isTorn, found?.missing]).toEqual([2, true, 0])
    opened().write(name, ['four'])
    expect(opened().read(name)).toMatchObject({ isTorn: false, missing: 0 })
    expect(texts()).toEqual(['one', 'two', 'four'])
  })

  it('at every byte gives every whole line before it', () => {
    written(['one', 'two'])
    const whole = readFileSync(fileOf())
    for (let size = 0; size <= whole.length; size++) {
      writeFileSync(fileOf(), whole.subarray(0, size))
      const lines = whole.subarray(0, size).toString('latin1').split('\n').length - 1
      expect(texts(), `cut at ${size}`).toEqual(['one', 'two'].slice(0, lines))
    }
  })

  it('can be nothing but half a line', () => {
    written(['one'])
    truncateSync(fileOf(), 4)
    opened().write(name, ['two'])
    expect(opened().read(name)).toMatchObject({ missing: 0, lines: [{ number: 0, text: 'two' }] })
  })
})

describe('a line', () => {
  const five = ['0', '1', '2', '3', '4']

  it('that is damaged costs itself alone, wherever it stands', () => {
    for (const at of [0, 2, 4]) {
      rmSync(folder, { recursive: true, force: true })
      written(five)
      edit((lines) => lines.map((line, index) => (index === at ? line.replace(/.{6}$/, 'AAAAAA') : line)))
      expect(texts(), `line ${at}`).toEqual(five.filter((_, index) => index !== at))
      expect(opened().read(name)?.missing, `line ${at}`).toBe(1)
      opened().write(name, ['5'])
      expect(texts(), `after line ${at}`).toEqual([...five.filter((_, index) => index !== at), '5'])
    }
  })

  it.each<[string, (lines: string[]) => string[], string[], number]>([
    ['taken out of the middle', (lines) => lines.toSpliced(2, 1), ['0', '1', '3', '4'], 1],
    ['taken off the beginning', (lines) => lines.slice(1), ['1', '2', '3', '4'], 1],
    ['swapped with the next', ([a, b, c, ...rest]) => [a, c, b, ...rest] as string[], ['0', '2', '3', '4'], 1],
    ['told twice', (lines) => lines.flatMap((line) => [line, line]), five, 1],
    ['given another number', (lines) => lines.map((line) => line.replace(/^4 /, '9 ')), ['0', '1', '2', '3'], 1],
    ['joined with the next', ([a, b, ...rest]) => [`${a}${b}`, ...rest], ['2', '3', '4'], 1],
  ])('that was %s is missed', (_, change, left, missing) => {
    written(five)
    edit(change)
    expect(texts()).toEqual(left)
    expect(opened().read(name)?.missing).toBe(missing)
  })

  it('of another file is no line of this one', () => {
    written(five)
    written(['a', 'b', 'c'], 'flows/b')
    const [, foreign = ''] = readFileSync(fileOf('flows/b'), 'latin1').split('\n')
    edit((lines) => lines.with(1, foreign))
    expect(texts()).toEqual(['0', '2', '3', '4'])
  })
})

describe('once the vault is locked', () => {
  it('nothing can be added, and what was added before is on disk', () => {
    let cipher = lineCipher(dataKey, 'vault-1')
    let isLocked = false
    const store = opened({
      cipher() {
        if (isLocked) throw new Error('locked')
        return cipher
      },
    })
    store.create(name)
    store.append(name, 'before')
    store.forget()
    isLocked = true
    cipher.forget()
    expect(() => store.append(name, 'after')).toThrow('locked')
    expect(() => store.write(name, ['after'])).toThrow('locked')
    expect(() => cipher.seal({ file: name, number: 0, isFirst: true }, 'x')).toThrow(/gone/)
    cipher = lineCipher(dataKey, 'vault-1')
    expect(texts()).toEqual(['before'])
  })

  it('nothing is written by a host that may not hold it any more', () => {
    const store = opened({
      held() {
        throw new Error('another host has it')
      },
    })
    store.create(name)
    store.append(name, 'late')
    expect(store.flush()).toBe(false)
    expect(() => store.write(name, ['late'])).toThrow('another host')
    store.forget()
    expect(readdirSync(folder)).toEqual([])
  })
})

describe.skipIf(!canMount())('a disk that is full', () => {
  it('loses the tail at most, says so, and takes what waited once there is room', () => {
    const disk = mountSmallDisk(join(folder, 'vault-1'))
    try {
      logs.create(name)
      logs.append(name, 'first')
      logs.flush()
      disk.fill(4096)
      const long = 'x'.repeat(3_000)
      for (let line = 0; line < 5; line++) logs.append(name, `${line} ${long}`)
      expect(logs.flush()).toBe(false)
      expect(logs.flush()).toBe(false)
      expect(troubles).toMatchObject([{ code: 'ENOSPC' }])
      expect(logs.trouble()).toContain('ENOSPC')
      expect(texts()?.[0]).toBe('first')
      expect(opened().read(name)?.missing).toBe(0)
      expect(logs.read(name)?.lines).toHaveLength(6)
      disk.fill()
      expect(() => logs.write('history/a', ['a secret is handed out'])).toThrow(/ENOSPC/)
      disk.clear()
      expect(logs.flush()).toBe(true)
      expect(logs.trouble()).toBeNull()
      expect(texts()).toHaveLength(6)
      expect(opened().read(name)).toMatchObject({ missing: 0, isTorn: false })
    } finally {
      disk.unmount()
    }
  })
})

it('holds no more than it may while the disk takes nothing, and tells what is missing', () => {
  let isFull = true
  const store = opened({
    held() {
      if (isFull) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
    },
  })
  store.create(name)
  const megabyte = 'x'.repeat(1024 * 1024)
  for (let line = 0; line < 20; line++) store.append(name, megabyte)
  store.append(name, 'short')
  isFull = false
  store.flush()
  const found = opened().read(name)
  expect(found?.lines.length).toBeLessThan(10)
  expect(found?.lines.at(-1)?.text).toBe('short')
  expect(found?.missing).toBe(21 - (found?.lines.length ?? 0))
  appendFileSync(fileOf(), 'torn')
  expect(opened().read(name)?.isTorn).toBe(true)
})
