import { expect, it } from 'vitest'
import { createLogTails } from '../../../../core/sealed-log/log-tails.ts'
import { memoryLogs } from '../../../support/memory-logs.ts'

const mebibyte = 1024 * 1024

function logTails() {
  const folder = memoryLogs()
  const reads: string[] = []
  const tails = createLogTails(folder, (place, { length }) => {
    reads.push(place)
    return { next: 7, count: 7, bytes: length }
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
  for (const line of ['one', 'two']) tails.wait('a', Buffer.from(line))
  expect([tails.unwritten(), tails.waitingBytes('a')]).toEqual([['a'], 6])
  tails.write('a')
  expect(folder.files.get('a')?.toString()).toBe('onetwo')
  expect([tails.unwritten(), tails.waitingBytes('a'), folder.writes]).toEqual([[], 0, 1])
})

it('keeps 8 MB for a disk that accepts nothing, and takes more once that is written or dropped', () => {
  const { folder, tails } = logTails()
  folder.trouble = 'full'
  for (let line = 0; line < 12; line++) tails.wait('a', Buffer.alloc(mebibyte))
  expect(() => tails.write('a')).toThrow()
  expect(tails.waitingBytes('a')).toBe(8 * mebibyte)
  tails.drop('a')
  tails.wait('b', Buffer.alloc(mebibyte))
  expect(tails.waitingBytes('b')).toBe(mebibyte)
})
