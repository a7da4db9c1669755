// Redacts the facts of a new event: first by the structure of the messages in them, then all known secrets. Texts are shortened
// last, because half a secret would not be recognised.

import type { z } from 'zod'
import { type Failure, failureSchema } from '../../contract/failure.ts'
import { type FlowEvent, flowEventSchema, longestFact } from '../../contract/flow/event.ts'
import type { RecordedRequest, RecordedResponse } from '../../contract/flow/exchange.ts'
import { type FlowAbout, flowAboutSchema } from '../../contract/flow/flow.ts'
import { headerValue } from '../../contract/header-value.ts'
import type { Redactor } from './redactor.ts'
import { mapTexts } from './schema-texts.ts'
import type { Context } from './secret-names.ts'
import { type Place, redactAddress, redactForm, redactHeaders, redactParameters, redactText } from './structure.ts'

/** Replaces a text that could not be searched for secrets. */
export const unshown = '[not shown: this could not be searched for secrets]'

/** Redacts each fact according to its type. Never throws; a fact that cannot be redacted is not shown. */
export function redactFacts<Facts extends object>(
  redactor: Redactor,
  kind: FlowEvent['kind'],
  facts: Facts,
  context: Context,
): Facts {
  const entries = Object.entries(facts).map(([name, value]) => {
    try {
      return [name, redactFact(redactor, kind, name, value, context)]
    } catch {
      // The exception may quote a secret.
      return [name, mapTexts(schemaOf(kind, name), value, () => unshown)]
    }
  })
  return Object.fromEntries(entries) as Facts
}

function redactFact(
  redactor: Redactor,
  kind: FlowEvent['kind'],
  name: string,
  value: unknown,
  context: Context,
): unknown {
  if (value === null) return null
  if (name === 'request') return redactRequest(redactor, value as RecordedRequest, context)
  if (name === 'response') return redactResponse(redactor, value as RecordedResponse, context)
  const asked: Place = { context, direction: 'request' }
  if (name === 'parameters') return redactParameters(redactor, value as [string, string][], asked)
  if (name === 'endpoint' || name === 'redirectUri') return redactAddress(redactor, String(value), asked)
  return mapTexts(schemaOf(kind, name), value, (text) => redactWords(redactor, text, context).slice(0, longestFact))
}

/** Redacts the facts about a flow. Never throws. */
export function redactAbout(redactor: Redactor, about: FlowAbout): FlowAbout {
  const shown = (text: string) => redactText(redactor, text, { context: 'api', direction: 'request' })
  try {
    return mapTexts(flowAboutSchema, about, (text) => shown(text).slice(0, longestFact))
  } catch {
    return mapTexts(flowAboutSchema, about, () => unshown)
  }
}

/** Redacts an event again, after another secret became known. Returns the same object if nothing changed. */
export function redactEvent(redactor: Redactor, event: FlowEvent): FlowEvent {
  return mapTexts(flowEventSchema, event, (text) => redactor.known(text))
}

function schemaOf(kind: FlowEvent['kind'], name: string): z.core.$ZodType {
  const event = flowEventSchema.unwrap().options.find(({ shape }) => shape.kind.value === kind)
  const schema = (event?.shape as Record<string, z.core.$ZodType> | undefined)?.[name]
  if (schema === undefined) throw new Error(`An event of the kind ${kind} has no ${name}`)
  return schema
}

/** Redacts a server's message, which may have been shortened in the middle of a secret. */
export function redactWords(redactor: Redactor, words: string, context: Context): string {
  const redacted = redactText(redactor, words, { context, direction: 'response' })
  return redacted.replace(/[^…]+(?=…)/g, (cut) => redactor.withoutTail(cut))
}

/** Redacts a failure: of its sentences only what is not ours. Never throws. */
export function redactFailure(redactor: Redactor, failure: Failure, outside: readonly string[]): Failure {
  try {
    const words = (text: string) => redactWords(redactor, text, 'authorization')
    const own = (text: string) => redactSentence(redactor, text, outside)
    const redacted = mapTexts(failureSchema, failure, words)
    return {
      ...redacted,
      message: own(failure.message),
      ...(failure.remedy === undefined ? {} : { remedy: own(failure.remedy) }),
      ...(failure.kind === 'invalid_input'
        ? { issues: failure.issues.map(({ path, message }) => ({ path: words(path), message: own(message) })) }
        : {}),
    } as Failure
  } catch {
    return mapTexts(failureSchema, failure, () => unshown)
  }
}

/** A sentence of ours, with texts from outside in it. */
function redactSentence(redactor: Redactor, text: string, [part, ...others]: readonly string[]): string {
  if (part === undefined || part === '') return redactor.inOwnWords(text)
  // Mostly it stands after a colon; the same text may stand among our own words before.
  const afterColon = text.indexOf(`: ${part}`)
  const at = afterColon < 0 ? text.indexOf(part) : afterColon + 2
  if (at < 0) return redactSentence(redactor, text, others)
  const before = redactSentence(redactor, text.slice(0, at), others)
  const after = redactSentence(redactor, text.slice(at + part.length), others)
  return before + redactWords(redactor, part, 'authorization') + after
}

function redactRequest(redactor: Redactor, request: RecordedRequest, context: Context): RecordedRequest {
  const place: Place = { context, direction: 'request' }
  const body = redactBody(redactor, request.body, request.headers, place)
  return {
    method: request.method,
    url: redactAddress(redactor, request.url, place),
    headers: redactHeaders(redactor, request.headers, place),
    body: body !== null && request.truncated ? redactor.withoutTail(body) : body,
    truncated: request.truncated,
  }
}

function redactResponse(redactor: Redactor, response: RecordedResponse, context: Context): RecordedResponse {
  const place: Place = { context, direction: 'response' }
  const headers = redactHeaders(redactor, response.headers, place)
  const body = redactBody(redactor, response.body, response.headers, place)
  return {
    ...response,
    statusText: redactText(redactor, response.statusText, place),
    headers,
    body: body !== null && response.truncated ? redactor.withoutTail(body) : body,
  }
}

function redactBody(redactor: Redactor, body: string | null, headers: [string, string][], place: Place) {
  if (body === null) return null
  const type = headerValue(headers, 'content-type') ?? ''
  const isForm = /x-www-form-urlencoded/i.test(type) && !/^\s*[{[<]/.test(body)
  return isForm ? redactForm(redactor, body, place) : redactText(redactor, body, place)
}
