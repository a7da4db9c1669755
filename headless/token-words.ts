// A token on standard output, alone, and what is to be said beside it on standard error: a program that reads the output is
// not disturbed.
import type { NamedToken } from '../contract/connection.ts'
import { clockTime } from './clock-time.ts'
import { note, plainLine, print } from './output.ts'

export function printNamedToken({ accessToken, name, attention, end }: NamedToken, now: number): void {
  print(accessToken)
  if (attention) note(plainLine(`This token may not work: ${attention.message} ${attention.remedy ?? ''}`))
  if (end) note(endWords(name, end, now))
}

/** That something ends which only the person can renew. */
export function endWords(name: string, { at, by }: NonNullable<NamedToken['end']>, now: number): string {
  const todo = by === 'replace' ? 'make a new token and replace it' : 'connect again'
  return `${plainLine(name)} ${at > now ? 'ends' : 'ended'} on ${clockTime(at)}, and nothing renews it: ${todo}.`
}
