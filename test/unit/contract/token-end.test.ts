import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf } from '../../../contract/moment.ts'
import { endOfDay, noEndWords, startOfDay } from '../../../contract/token-end.ts'
import { parseEnd, parseSince, parseUntil } from '../../../headless/options.ts'

describe('a day', () => {
  it('lasts from its first moment here to its last', () => {
    const day = fc.date({ min: new Date(1971, 0, 1), max: new Date(2200, 0, 1), noInvalidDate: true })
    fc.assert(
      fc.property(day, (moment) => {
        const name = dayOf(moment.getTime())
        const [start, end] = [startOfDay(name) ?? Number.NaN, endOfDay(name) ?? Number.NaN]
        expect([dayOf(start), dayOf(end)]).toEqual([name, name])
        expect(dayOf(start - 1) < name && dayOf(end + 1) > name).toBe(true)
      }),
    )
  })

  it.each(['', '2027-02-30', '2027-13-01', '2027-1-1', '31.01.2027', 'never'])('is not %j', (text) => {
    expect([startOfDay(text), endOfDay(text)]).toEqual([null, null])
  })
})

describe('--expires', () => {
  const inDays = (text: string) => (Number(parseEnd(text)) - Date.now()) / 86_400_000

  it('of a date is the end of that day here', () => {
    expect(parseEnd('2127-01-31')).toBe(new Date(2127, 1, 1).getTime() - 1)
    expect(parseEnd(dayOf(Date.now()))).toBeGreaterThan(Date.now() - 1)
  })

  it('is a moment, a number of days, or never', () => {
    expect(parseEnd('2127-01-31T12:00Z')).toBe(Date.parse('2127-01-31T12:00Z'))
    expect(inDays('30')).toBeCloseTo(30, 2)
    expect(parseEnd('never')).toBe('never')
  })

  it.each(['2020-01-31', 'tomorrow', '2027-02-30', ''])('is refused as %j', (text) => {
    expect(() => parseEnd(text)).toThrow()
  })
})

it('--since and --until take in their whole days here', () => {
  expect(parseSince('2027-01-31')).toBe(new Date(2027, 0, 31).getTime())
  expect(parseUntil('2027-01-31')).toBe(new Date(2027, 1, 1).getTime() - 1)
  expect(() => parseUntil('2027-02-30')).toThrow()
})

it('no end is “never” only where the person said so', () => {
  expect(noEndWords({ neverExpires: true })).toBe('never')
  expect(noEndWords({ neverExpires: false })).toBe('not known')
})
