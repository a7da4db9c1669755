// Prints a token alone on standard output, and notes about it on standard error.
import type { NamedToken } from '../contract/connection.ts'
import { clockTime } from './clock-time.ts'
import { note, plainLine, print } from './output.ts'

export function printNamedToken({ accessToken, name, attention, end }: NamedToken, now: number): void {
  print(accessToken)
  if (attention) note(plainLine(`This token may not work: ${attention.message} ${attention.remedy ?? ''}`))
  if (end) note(endWords(name, end, now))
}

/** The note that a token will expire and only the person can renew it. */
export function endWords(name: string, { at, by }: NonNullable<NamedToken['end']>, now: number): string {
  const todo = by === 'replace' ? 'make a new token and replace it' : 'connect again'
  return `${plainLine(name)} ${at > now ? 'ends' : 'ended'} on ${clockTime(at)}, and nothing renews it: ${todo}.`
}
