// Notes about attempts to connect that were cut off when Grantdesk stopped during the token request: a grant may exist at the
// service, and nothing else tells about it.
import { type Attempt, isCutOff } from '../contract/attempt.ts'
import { note, plainLine } from './output.ts'

/** Prints each on standard error, with what to do. */
export function noteCutOff(attempts: Attempt[]): void {
  const left = attempts.filter(isCutOff)
  for (const { failure } of left) note(plainLine(`${failure.message} ${failure.remedy ?? ''}`))
  if (left.length > 0) note('“grantdesk flows --put-away” puts this away.')
}
