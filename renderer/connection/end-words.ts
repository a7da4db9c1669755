// Words about an expiry that only the person can postpone: lifetime, time left, reminders, what to do. Pure.
import { type ConnectionView, endToRemind, type renewalDeadline } from '../../contract/connection.ts'
import { countdownWords, countWords, dayWords, endMomentWords } from '../kit/format.ts'

const day = 86_400_000

/** A token's whole life (s): `1 year`, `6 months`, `90 days`, `12 hours`. */
export function lifetimeWords(seconds: number): string {
  const days = Math.round(seconds / 86_400)
  if (days >= 360 && days % 365 < 5) return countWords(Math.round(days / 365), 'year')
  const months = Math.round(days / 30.4)
  if (days >= 60 && Math.abs(days - months * 30.4) <= 3) return countWords(months, 'month')
  return days >= 2 ? countWords(days, 'day') : countWords(Math.max(1, Math.round(seconds / 3600)), 'hour')
}

/** What is left of it (ms), in days while there are some: months would hide the last ones. */
export function leftWords(ms: number): string {
  if (ms <= 0) return 'nothing'
  return ms >= 2 * day ? `${Math.floor(ms / day)} days` : countdownWords(ms)
}

/** When the person is reminded of an end: the day, or that it is now. */
export function reminderWords({ at, remindFrom }: { at: number; remindFrom: number }, now: number): string {
  if (now >= remindFrom) return 'now'
  return `from ${dayWords(remindFrom)}, ${leftWords(at - remindFrom)} before`
}

type Ending = Parameters<typeof renewalDeadline>[0] & Pick<ConnectionView, 'serviceName' | 'status'>

/** What ends, when, and what the person has to do; `null` while there is nothing to remind of. */
export function endNotice(connection: Ending, now: number): string | null {
  const at = endToRemind(connection, now)
  if (at === null) return null
  const { grantType, refreshable, serviceName } = connection
  const what = grantType === 'static_token' ? 'This token' : refreshable ? 'The refresh token' : 'The access token'
  const when = at <= now ? `ended ${endMomentWords(at, now)}` : `ends in ${leftWords(at - now)}, on ${dayWords(at)}`
  const again = at <= now ? 'Reconnect to get new tokens.' : 'Reconnect before then to get new tokens.'
  const todo = grantType === 'static_token' ? `Make a new one at ${serviceName} and replace it.` : again
  return `${what} ${when}, and nothing renews it. ${todo}`
}
