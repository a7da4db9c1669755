// What is said of attempts to connect that a stop of Grantdesk cut off while tokens were asked for: a grant may live on at the
// service, and nothing else here tells of it.
import type { Attempt } from '../contract/attempt.ts'
import { note, plainLine } from './output.ts'

/** Those of the attempts that were cut off. */
export function cutOff(attempts: Attempt[]) {
  return attempts.flatMap((attempt) => (attempt.state === 'failed' && attempt.cutOff ? [attempt] : []))
}

/** On standard error, each with what to do. */
export function noteCutOff(attempts: Attempt[]): void {
  const left = cutOff(attempts)
  for (const { failure } of left) note(plainLine(`${failure.message} ${failure.remedy ?? ''}`))
  if (left.length > 0) note('“grantdesk flows --put-away” puts this away.')
}
