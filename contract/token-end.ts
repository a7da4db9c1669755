// When a token ends as a person says it: a day, which lasts to its end where they are, or never. Pure.
import { dayOf } from './moment.ts'

/** The first moment of a day here (ms); `null` for what is no day. */
export function startOfDay(day: string): number | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []
  const at = new Date(Number(year), Number(month) - 1, Number(date)).getTime()
  return dayOf(at) === day ? at : null
}

/** The last moment of a day here (ms), also where the clocks are changed on it; `null` for what is no day. */
export function endOfDay(day: string): number | null {
  const start = startOfDay(day)
  if (start === null) return null
  const next = new Date(start)
  next.setDate(next.getDate() + 1)
  return next.getTime() - 1
}

/** What is said of a token for which no end is known. */
export function noEndWords({ neverExpires }: { neverExpires: boolean }): 'never' | 'not known' {
  return neverExpires ? 'never' : 'not known'
}
