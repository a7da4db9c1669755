import { describe, expect, it } from 'vitest'
import { countdownWords, hostWords, relativeWords, sizeWords, spanWords } from '../../../../renderer/kit/format.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe('times as words', () => {
  it('names a span in its one or two largest units', () => {
    expect(spanWords(42_900)).toBe('42 s')
    expect(spanWords(12 * minute + 59_000)).toBe('12 min')
    expect(spanWords(3 * hour + 5 * minute)).toBe('3 h 05 min')
    expect(spanWords(6 * day + 4 * hour)).toBe('6 d 4 h')
    expect(spanWords(182 * day)).toBe('6 months')
  })

  it('ticks as a clock below a day and never below zero', () => {
    expect(countdownWords(42_000)).toBe('0:42')
    expect(countdownWords(11 * minute + 58_000)).toBe('11:58')
    expect(countdownWords(3 * hour + 5 * minute + 9000)).toBe('3:05:09')
    expect(countdownWords(-5)).toBe('0:00')
    expect(countdownWords(2 * day)).toBe('2 d')
  })

  it('is rough about the past and exact about what is to come', () => {
    expect(relativeWords(1000, 4000)).toBe('just now')
    expect(relativeWords(0, 3 * hour + 20 * minute)).toBe('3 h ago')
    expect(relativeWords(0, 2 * day + hour)).toBe('2 d ago')
    expect(relativeWords(3 * hour + 20 * minute, 0)).toBe('in 3 h 20 min')
  })
})

describe('sizes and addresses as words', () => {
  it('counts bytes in decimal units', () => {
    expect([812, 4200, 1_300_000].map(sizeWords)).toEqual(['812 B', '4.2 kB', '1.3 MB'])
  })

  it('leaves out scheme and trailing slash and keeps the rest', () => {
    expect(hostWords('https://acme.plan.io/redmine/')).toBe('acme.plan.io/redmine')
  })
})
