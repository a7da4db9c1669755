import { expect, it } from 'vitest'
import { createLogTails } from '../../../../core/sealed-log/log-tails.ts'
import { memoryLogs } from '../../../support/memory-logs.ts'

const mebibyte = 1024 * 1024

function logTails() {
  const folder = memoryLogs()
  const reads: string[] = []
  const tails = createLogTails(folder, {
    readEnd(place, { length }) {
      reads.push(place)
      return { next: 7, count: 7, bytes: length }
    },
    seal: (_, lines) =>
      Buffer.from(lines.map(({ number, isFirst, text }) => `${number}${isFirst ? '!' : ' '}${text}.`).join('')),
  })
  return { folder, reads, tails }
}

it('reads a file again only after another process has written to it', () => {
  const { folder, reads, tails } = logTails()
  folder.files.set('a', Buffer.from('1234'))
  tails.current('a')
  tails.current('a')
  expect(reads).toEqual(['a'])
  folder.files.set('a', Buffer.from('12345'))
  expect(tails.current('a')).toMatchObject({ size: 5, next: 7 })
  expect(reads).toEqual(['a', 'a'])
})

it('writes waiting lines together, in order, and then holds none', () => {
  const { folder, tails } = logTails()
  tails.set('a', { next: 0, count: 0, size: 0 })
  for (const line of ['one', 'two']) tails.wait('a', line, null)
  expect(tails.unwritten()).toEqual(['a'])
  tails.write('a')
  expect(folder.files.get('a')?.toString()).toBe('0!one.1 two.')
  expect([tails.unwritten(), tails.waitingBytes('a'), folder.writes]).toEqual([[], 0, 1])
})

it('lets a line replace one about the same, but none that is written', () => {
  const { folder, tails } = logTails()
  tails.set('a', { next: 0, count: 0, size: 0 })
  tails.wait('a', 'begins', 'request')
  tails.wait('a', 'another', 'check')
  tails.wait('a', 'ends', 'request')
  tails.write('a')
  tails.wait('a', 'is concluded', 'request')
  tails.write('a')
  expect(folder.files.get('a')?.toString()).toBe('0!ends.1 another.2 is concluded.')
})

it('keeps 8 MB for a disk that accepts nothing, and takes more once that is written or dropped', () => {
  const { folder, tails } = logTails()
  folder.trouble = 'full'
  const line = 'x'.repeat(mebibyte)
  for (let count = 0; count < 12; count++) tails.wait('a', line, null)
  expect(() => tails.write('a')).toThrow()
  const kept = tails.waitingBytes('a')
  // What is lost counts as missing.
  expect(tails.cached('a').next).toBe(7 + 12)
  expect(kept).toBeGreaterThan(6 * mebibyte)
  expect(kept).toBeLessThanOrEqual(8 * mebibyte)
  tails.drop('a')
  tails.wait('b', line, null)
  expect(tails.waitingBytes('b')).toBeGreaterThan(mebibyte)
})
