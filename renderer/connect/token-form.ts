// A token or key that the person hands over, as it is typed: its value, how it is sent, the day on which it ends. Pure.
// Holds the value only between typing and handing over.
import type { ConnectInput } from '../../contract/attempt.ts'
import { usualBearer } from '../../contract/connect-defaults.ts'
import { dayOf } from '../../contract/moment.ts'
import { understandValue } from '../../contract/pasted-value.ts'
import type { Grant, ServiceView, TokenPlacement } from '../../contract/service.ts'
import { endOfDay } from '../../contract/token-end.ts'

export interface TokenForm {
  value: string
  header: string
  prefix: string
  /** A day as a date field has it, `2027-01-31`; counts only where the token ends. */
  ends: string
  endless: boolean
}

export const emptyToken: TokenForm = { value: '', header: '', prefix: '', ends: '', endless: true }

/** What the service's description proposes for a token of this grant that was made at `now` (ms). */
export function newTokenForm(service: ServiceView, grant: Grant | undefined, now: number): TokenForm {
  const { header, prefix } = usualBearer(service, grant)
  const life = grant?.tokenLifetime
  const ends = life === undefined ? '' : dayOf(now + life * 1000)
  return { value: '', header, prefix, ends, endless: life === undefined }
}

export type TokenProblems = Partial<Record<'value' | 'ends', string>>

/** What is wrong with the token, by field, at `now` (ms); empty when it can go on. `name` is what the person calls it. */
export function tokenProblems(token: TokenForm, name: string, now: number): TokenProblems {
  const wrong: TokenProblems = {}
  const value = token.value.trim()
  if (value === '') wrong.value = `The ${name} is missing.`
  else if (understandValue('key', value).choices.length > 0) wrong.value = `Choose which of them is the ${name}.`
  else if (!/^[\x20-\x7e]+$/.test(value)) wrong.value = 'It holds a line break or a character that no header carries.'
  if (!token.endless) {
    const at = endOfDay(token.ends)
    if (at === null) wrong.ends = 'Give the day, or say that it does not end.'
    else if (at <= now) wrong.ends = 'That day is past.'
  }
  return wrong
}

/** A sentence when this can be no header, else `null`. */
export function headerProblem(header: string): string | null {
  if (header.trim() === '') return 'The header is missing.'
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,60}$/.test(header.trim()) ? null : 'This is no header name.'
}

/** The token as it crosses the door. */
export function tokenInputOf(token: TokenForm): ConnectInput['token'] {
  const bearer: TokenPlacement = { header: token.header.trim(), prefix: token.prefix }
  return { value: token.value.trim(), bearer, expiresAt: token.endless ? null : endOfDay(token.ends) }
}

/** The header as it will be sent, with the token left out. */
export function placementWords({ header, prefix }: TokenPlacement): string {
  return `${header.trim() || '…'}: ${prefix}••••••••`
}
