import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Ownership } from '../../../../core/ports.ts'
import { fileOwnership, holderOf, releaseUnseen } from '../../../../core/vault/ownership.ts'
import { markProcess } from '../../../../core/vault/process-life.ts'

const clock = { now: () => 1_700_000_000_000 }
const children: ChildProcess[] = []
let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantdesk-'))
  file = join(folder, 'owner.json')
})
afterEach(async () => {
  for (const child of children.splice(0)) await end(child)
  rmSync(folder, { recursive: true })
})

/** Another process that takes the vault at `startAt` (ms since the epoch), and what it was answered. */
async function another(startAt = 0): Promise<{ child: ChildProcess; answer: ReturnType<Ownership['take']> }> {
  const program = join(import.meta.dirname, 'owner-process.ts')
  const child = spawn(process.execPath, [program, folder, String(startAt)], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return { child, answer: JSON.parse(String(line)) }
}

async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM') {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}

function leaveLock(changes: object) {
  const lock = { host: 'desktop', since: 1, machine: hostname(), token: 'left-behind', ...markProcess(), ...changes }
  writeFileSync(file, JSON.stringify(lock))
}

describe('ownership', () => {
  test('is a file that names its holder, for its owner’s eyes only', () => {
    expect(fileOwnership(folder, 'serve', clock).take()).toMatchObject({ taken: true })
    const holder = { host: 'serve', pid: process.pid, since: clock.now(), machine: hostname() }
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject(holder)
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test('taken again is harmless', () => {
    const ownership = fileOwnership(folder, 'serve', clock)
    ownership.take()
    const before = readFileSync(file, 'utf8')
    expect(ownership.take()).toEqual({ taken: true })
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  test('says so when the lock had to be made again, whether it was removed or another host came and went', () => {
    const ownership = fileOwnership(folder, 'serve', clock)
    expect(ownership.take()).toEqual({ taken: true, anew: true })
    rmSync(file)
    expect(ownership.take()).toEqual({ taken: true, anew: true })
    rmSync(file)
    const other = fileOwnership(folder, 'command', clock)
    other.take()
    expect(ownership.take()).toMatchObject({ taken: false })
    other.release()
    expect(ownership.take()).toEqual({ taken: true, anew: true })
    expect(ownership.take()).toEqual({ taken: true })
  })

  test('is not kept from us by our own lock, moved away and later put back over the newer one', () => {
    const ownership = fileOwnership(folder, 'serve', clock)
    ownership.take()
    const first = readFileSync(file, 'utf8')
    rmSync(file)
    ownership.take()
    writeFileSync(file, first)
    expect(ownership.take()).toEqual({ taken: true, anew: true })
  })

  test('is refused to a second owner, who is told of the first, until it is released', () => {
    const [first, second] = [fileOwnership(folder, 'desktop', clock), fileOwnership(folder, 'command', clock)]
    first.take()
    const holder = { host: 'desktop', pid: process.pid, since: clock.now(), machine: hostname() }
    expect(second.take()).toEqual({ taken: false, holder })
    first.release()
    expect(second.take()).toMatchObject({ taken: true })
  })

  test('is released only where it is still ours', () => {
    const ownership = fileOwnership(folder, 'desktop', clock)
    ownership.take()
    leaveLock({ token: 'of-somebody-else' })
    ownership.release()
    expect(existsSync(file)).toBe(true)
  })

  test('of another living process is respected, and of a killed one taken over', async () => {
    const { child, answer } = await another()
    expect(answer).toMatchObject({ taken: true })
    const ownership = fileOwnership(folder, 'desktop', clock)
    expect(ownership.take()).toMatchObject({ taken: false, holder: { pid: child.pid, host: 'command' } })
    await end(child, 'SIGKILL')
    expect(ownership.take()).toMatchObject({ taken: true })
    expect(readdirSync(folder)).toEqual(['owner.json'])
  })

  test.skipIf(process.platform !== 'linux')('of a dead process is taken over although its number lives again', () => {
    leaveLock({ pid: process.ppid, start: '1' })
    expect(fileOwnership(folder, 'desktop', clock).take()).toMatchObject({ taken: true })
  })

  test('whose number another process has by now is taken over where the kernel tells no start', () => {
    leaveLock({ pid: process.ppid, start: null, since: 1 })
    expect(fileOwnership(folder, 'desktop', clock).take()).toMatchObject({ taken: true })
  })

  test('left by an earlier process with our own number is taken over', () => {
    leaveLock({ pid: process.pid, start: null })
    expect(fileOwnership(folder, 'desktop', clock).take()).toMatchObject({ taken: true })
  })

  test.skipIf(process.platform !== 'linux')('from before a restart of the machine is taken over', () => {
    leaveLock({ pid: process.ppid, boot: 'an earlier boot' })
    expect(fileOwnership(folder, 'desktop', clock).take()).toMatchObject({ taken: true })
  })

  test.skipIf(process.platform !== 'linux')('of a sandbox whose processes cannot be seen is respected', () => {
    leaveLock({ pid: 999_999_999, table: 'pid:[1]' })
    expect(fileOwnership(folder, 'desktop', clock).take()).toMatchObject({ taken: false })
  })

  test('of another machine is respected', () => {
    leaveLock({ pid: 999_999_999, machine: 'elsewhere', boot: 'another', table: 'another' })
    const answer = fileOwnership(folder, 'desktop', clock).take()
    expect(answer).toMatchObject({ taken: false, holder: { machine: 'elsewhere' } })
  })

  test('left half made is taken over once it is old', () => {
    writeFileSync(file, '{"host":')
    utimesSync(file, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000))
    expect(fileOwnership(folder, 'desktop', clock).take()).toMatchObject({ taken: true })
  })

  test('is taken over by one of many that find it stale in the same moment, even over a crashed take-over', async () => {
    for (const overCrashedClaim of [false, true]) {
      leaveLock({ pid: 999_999_999 })
      if (overCrashedClaim) {
        const claim = {
          host: 'command',
          since: 1,
          machine: hostname(),
          token: 'crashed',
          ...markProcess(),
          pid: 999_999_998,
        }
        writeFileSync(`${file}.left-behind`, JSON.stringify(claim))
      }
      const startAt = Date.now() + 1_000
      const racers = await Promise.all(Array.from({ length: 5 }, () => another(startAt)))
      const winners = racers.filter(({ answer }) => answer.taken)
      expect(winners).toHaveLength(1)
      expect(JSON.parse(readFileSync(file, 'utf8')).pid).toBe(winners[0]?.child.pid)
      expect(readdirSync(folder)).toEqual(['owner.json'])
      for (const { child } of racers) await end(child)
    }
  })
})

test.skipIf(process.platform === 'win32').each([
  ['a link that leads nowhere', () => symlinkSync('nowhere', file)],
  ['a pipe', () => execFileSync('mkfifo', [file])],
])(
  'in the place of a lock %s is refused by its name, and nobody hangs',
  (_, put) => {
    put()
    // In a process of its own: what hangs in one step can only be killed.
    const program = join(import.meta.dirname, 'owner-process.ts')
    const { signal, stderr } = spawnSync(process.execPath, [program, folder], {
      timeout: 60_000,
      killSignal: 'SIGKILL',
    })
    expect(signal).toBeNull()
    expect(String(stderr)).toContain(`${file} is no ordinary file. Move it away`)
    expect(readdirSync(folder)).toEqual(['owner.json'])
  },
  70_000,
)

test('a lock that cannot be read is told with what to do, by one that only asks after it', () => {
  mkdirSync(file)
  const remedy = expect.stringContaining(`Move ${file} away`)
  const told = { failure: expect.objectContaining({ kind: 'vault_broken', remedy }) }
  expect(() => holderOf(folder)).toThrow(expect.objectContaining(told))
  expect(() => releaseUnseen(folder, 'elsewhere')).toThrow(expect.objectContaining(told))
})
