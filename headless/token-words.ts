// Prints a token alone on standard output, and notes about it on standard error.
import type { NamedToken } from '../contract/connection.ts'
import { clockTime } from '../contract/moment.ts'
import { note, plainLine, print } from './output.ts'

export function printNamedToken(token: NamedToken, now: number): void {
  const { accessToken, name, attention, end, damagedElsewhere } = token
  print(accessToken)
  if (attention) note(plainLine(`This token may not work: ${attention.message} ${attention.remedy ?? ''}`))
  if (end) note(endWords(name, end, now))
  // A host of an earlier version does not say it.
  if (damagedElsewhere) note(damagedElsewhereWords(damagedElsewhere))
}

/** The note of a command about one connection that something else in the vault is damaged. */
export function damagedElsewhereWords(records: string): string {
  return plainLine(`Damaged: ${records}. “grantdesk vault” says what to do.`)
}

/** The note that a token will expire and only the person can renew it. */
export function endWords(name: string, { at, by }: NonNullable<NamedToken['end']>, now: number): string {
  const todo = by === 'replace' ? 'make a new token and replace it' : 'connect again'
  return `${plainLine(name)} ${at > now ? 'ends' : 'ended'} on ${clockTime(at)}, and nothing renews it: ${todo}.`
}
