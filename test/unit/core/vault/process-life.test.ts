// Systems without /proc are played by marks that carry no kernel's count; the other process is a real one.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lifeOf, markProcess } from '../../../../core/vault/process-life.ts'
import { processStart } from '../../../../core/vault/process-start.ts'

const here = markProcess()
let child: ChildProcess
let begun: number
let startedBy: number

beforeAll(async () => {
  begun = Date.now()
  child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  await once(child, 'spawn')
  startedBy = Date.now()
})
afterAll(() => {
  child.kill()
})

const mark = () => ({ ...here, pid: child.pid ?? 0, start: null })
const hour = 3_600_000

test('a system tells when a process began, to the second', () => {
  const started = processStart(child.pid ?? 0) ?? 0
  // The kernel counts from the start of the machine, whose own time it rounds.
  expect(started).toBeGreaterThan(begun - 2_000)
  expect(started).toBeLessThan(startedBy + 2_000)
  expect(processStart(999_999_999)).toBeNull()
})

describe('where the kernel tells nothing itself', () => {
  test('a process that began before the lock was made is the one that made it', () => {
    expect(lifeOf(mark(), startedBy + hour, here)).toBe('lives')
    expect(lifeOf(mark(), startedBy, here)).toBe('lives')
  })

  test('one that began after it has the number of another that ended', () => {
    expect(lifeOf(mark(), startedBy - hour, here)).toBe('ended')
  })

  test('a clock that was put right by seconds in between makes no other process of it', () => {
    expect(lifeOf(mark(), startedBy - 30_000, here)).toBe('lives')
  })

  test('one whose start nobody tells may be either', () => {
    expect(lifeOf(mark(), startedBy - hour, here, () => null)).toBe('unknown')
  })

  test('a number that nobody has is nobody’s', () => {
    expect(lifeOf({ ...mark(), pid: 999_999_999 }, startedBy, here, () => null)).toBe('ended')
  })
})
