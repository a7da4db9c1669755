// Converts events that earlier versions stored to what they are now. Each conversion says what an earlier version put down.
import { z } from 'zod'
import { type FlowEvent, flowEventSchema } from '../../contract/flow/event.ts'
import { isObject } from '../json-path.ts'

type Members = Record<string, unknown>

/** An event of any version as an event of this one; anything else unchanged. */
export function currentEvent(json: unknown): unknown {
  if (!isObject(json)) return json
  switch (json.kind) {
    case 'check':
      return { ...json, ...checkChanges(json) }
    case 'decision':
      return 'decision' in json ? json : nestedDecision(json)
    case 'second_try':
      return typeof json.failure === 'string' ? { ...json, failure: { kind: 'legacy', message: json.failure } } : json
    default:
      return json
  }
}

/** A stored event of any version. */
export const storedEventSchema = z.codec(z.unknown(), flowEventSchema, {
  // The schema that follows finds what does not fit.
  decode: (json) => currentEvent(json) as FlowEvent,
  encode: (event) => event,
})

function checkChanges({ which, reason = null, result, found = null, expected }: Members): Members {
  // A new refresh token was put down without facts.
  if (which === 'refresh_token' && found === null && result === 'passed') {
    if (reason === null) return { found: 'issued' }
    return reason === 'rotated' ? { found: 'rotated' } : {}
  }
  // PKCE was put down before the request was sent, compared with S256.
  if (which !== 'pkce' || expected !== 'S256') return {}
  if (reason === 'switched_off') return { expected: null, found: 'off' }
  return result === 'passed' ? { expected: null, result: 'unconfirmed', reason: 'sent' } : { expected: null }
}

/** The only question was whose tokens they are, and its facts stood in the event itself. */
function nestedDecision({ kind, id, at, ...decision }: Members): Members {
  return { kind, id, at, decision }
}
