// Explains an API's refusal: the server's own message, wherever it is in the response, and what to do next. For the token
// endpoint's see refusal.ts.
import { inWords } from '../../contract/flow/trouble-words.ts'
import { isOutage } from '../flows/outage.ts'
import { cleanWords, outage, quoted } from '../oauth/refusal.ts'
import { type ServerWords, serverWords } from '../oauth/server-words.ts'
import { Problem } from '../problem.ts'
import type { Secret } from '../secret.ts'

interface Meaning {
  what: string
  next?: string
}

const deadToken: Meaning = {
  what: 'The API does not accept this token.',
  next: 'Refresh it, or reconnect with a new one.',
}

/** A status alone says little: real APIs answer 403 both to a dead key and to a missing scope. */
function meaningOf(status: number, { error }: ServerWords): Meaning | null {
  if (status === 401 || (status === 403 && error === 'invalid_token')) return deadToken
  if (status === 402) {
    return { what: 'The service asks for payment.', next: 'What its plan includes is the cause, not the token.' }
  }
  if (status === 403 && error === 'insufficient_scope') {
    return { what: 'The token lacks a scope for this.', next: 'Reconnect with more scopes.' }
  }
  if (status === 403) {
    const next =
      'A scope or a permission may be missing, the token may be one that this API does not know or that has ended, or the API may be switched off there.'
    return { what: 'The API does not allow this.', next }
  }
  if (status === 404) return { what: 'There is nothing at this path, or this account may not see it.' }
  if (status === 429) return { what: 'The rate limit is used up.', next: 'Wait before the next request.' }
  if (status >= 500) return { what: 'The service failed on its side; the token is not the cause.' }
  return null
}

/** A recorded response, without secrets. */
export interface Recorded {
  status: number
  headers: Pick<Headers, 'get'>
  /** The headers as they came, for what they mean. */
  received: Pick<Headers, 'get'>
  body: string | null
  /** Milliseconds until the rate limit resets; `null` if the API does not say. */
  opensIn: number | null
}

/** Explains an unsuccessful response of an API; `null` if there is nothing to say. */
export function refusalInWords({ status, headers, received, body, opensIn }: Recorded): string | null {
  if (status < 400) return null
  const words = serverWords(headers, body ?? '')
  const meaning = meaningOf(status, serverWords(received, body ?? ''))
  const said = quoted(cleanWords(words, []))
  const named = status === 429 && opensIn !== null && opensIn > 0
  const next = named ? `Wait before the next request: the limit opens again ${inWords(opensIn)}.` : meaning?.next
  const sentences = [meaning?.what, said && `The server says: ${ended(said)}`, next].filter(Boolean)
  return sentences.length > 0 ? sentences.join(' ') : null
}

export interface Asked {
  /** The service's name. */
  name: string
  /** The secrets that were sent and may be quoted in the response. */
  secrets: Secret[]
  /** The time (ms since the epoch). */
  now: number
}

/** The Problem for an unsuccessful response; a busy or broken API has not refused anything. */
export function apiRefusal(response: Response, text: string, { name, secrets, now }: Asked): Problem {
  const { status, headers } = response
  const raw = serverWords(headers, text)
  const words = cleanWords(raw, secrets)
  const { what, next: remedy } = meaningOf(status, raw) ?? { what: 'The API refused the question.' }
  const said = quoted(words)
  const message = said ? `${what} ${name} says: ${ended(said)}` : `${what} ${name} gave no reason (status ${status}).`
  const outside = said === null ? [name] : [name, said]
  if (isOutage(status)) return outage(response, message, now, outside)
  return new Problem({ kind: 'refused', message, remedy, by: 'api', status, ...words }, outside)
}

function ended(words: string): string {
  return /[.!?…]$/.test(words) ? words : `${words}.`
}
