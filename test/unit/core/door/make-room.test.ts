import { expect, it } from 'vitest'
import { makeRoom } from '../../../../core/door/make-room.ts'

function caller(since: number | null, unfinished = 0) {
  const made = {
    away: false,
    idleSince: () => since,
    unfinished: () => unfinished,
    disconnect() {
      made.away = true
    },
  }
  return made
}

it('sends those away that have asked nothing for longest, where there are too many, and nobody who asks', () => {
  const idle = Array.from({ length: 210 }, (_, at) => caller(at))
  const asking = Array.from({ length: 500 }, () => caller(null))
  makeRoom([...asking, ...idle.toReversed()], 100_000)
  expect(idle.map(({ away }) => away)).toEqual(idle.map((_, at) => at < 10))
  expect(asking.some(({ away }) => away)).toBe(false)
})

it('takes nobody for idle who has only just come', () => {
  const idle = Array.from({ length: 5_000 }, () => caller(75_000))
  makeRoom(idle, 100_000)
  expect(idle.some(({ away }) => away)).toBe(false)
})

it('bounds what unfinished calls may hold together, the ones that take longest first', () => {
  const slow = Array.from({ length: 10 }, (_, at) => caller(at, 24_000_000))
  const quiet = caller(0)
  makeRoom([quiet, ...slow], 100_000)
  expect(slow.filter(({ away }) => away).length).toBe(5)
  expect(slow[0]?.away).toBe(true)
  expect(quiet.away).toBe(false)
})
