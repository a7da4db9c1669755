// What rules read from events: exchanges by their purpose, parameters wherever they stand, the error of an answer, checks by
// their name. Texts are as recorded: a secret is its pseudonym, equal for equal secrets.

import type { CheckName } from '../../../contract/flow/check.ts'
import type { Evidence } from '../../../contract/flow/diagnosis.ts'
import type { EventOf, FlowEvent } from '../../../contract/flow/event.ts'
import type { Purpose, RecordedRequest, RecordedResponse } from '../../../contract/flow/exchange.ts'
import { queryOf } from '../../../contract/flow/request-line.ts'
import { headerValue } from '../../../contract/header-value.ts'
import { isObject, parseJson } from '../../json-path.ts'

type Exchange = EventOf<'exchange'>

/** The last event of a kind. */
export function lastOf<Kind extends FlowEvent['kind']>(events: FlowEvent[], kind: Kind): EventOf<Kind> | undefined {
  return events.findLast((event): event is EventOf<Kind> => event.kind === kind)
}

/** The exchanges for one of these purposes, in their order. */
export function exchangesFor(events: FlowEvent[], ...purposes: Purpose['kind'][]): Exchange[] {
  return events.filter((event): event is Exchange => event.kind === 'exchange' && purposes.includes(event.purpose.kind))
}

/** The last exchange with the token endpoint: a token request or a refresh. */
export function lastTokenExchange(events: FlowEvent[]): Exchange | undefined {
  return exchangesFor(events, 'token_request', 'refresh').at(-1)
}

/** The last check of this name. */
export function lastCheck(events: FlowEvent[], which: CheckName): EventOf<'check'> | undefined {
  return events.findLast((event): event is EventOf<'check'> => event.kind === 'check' && event.which === which)
}

/** The last check of this name that failed. */
export function failedCheck(events: FlowEvent[], which: CheckName): EventOf<'check'> | undefined {
  const check = lastCheck(events, which)
  return check?.result === 'failed' ? check : undefined
}

/** A header's value, whatever its case; `null` if it is not there. */
export function headerOf({ headers }: Pick<RecordedRequest, 'headers'>, name: string): string | null {
  return headerValue(headers, name)
}

/** The media type without its parameters, in lower case; empty if none is said. */
export function mediaType(message: Pick<RecordedRequest, 'headers'>): string {
  return (headerOf(message, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}

/** A parameter of the body, a form or JSON, or of the query; `null` if it is not there. */
export function parameterOf({ body, headers, url }: RecordedRequest, name: string): string | null {
  if (body !== null) {
    if (mediaType({ headers }).endsWith('json')) {
      const value = textAt(parseJson(body), name)
      if (value !== null) return value
    } else {
      const value = new URLSearchParams(body).get(name)
      if (value !== null) return value
    }
  }
  return new URLSearchParams(queryOf(url)).get(name)
}

/** A parameter of an authorization request or response. */
export function pairOf(event: { parameters: [string, string][] }, name: string): string | null {
  return event.parameters.find(([one]) => one === name)?.[1] ?? null
}

/** A text or number by its name in an answer, JSON or a form; `null` if it is not there. */
export function answered(response: RecordedResponse, name: string): string | null {
  const { body } = response
  if (body === null) return null
  const value = parseJson(body)
  if (value !== undefined) return textAt(value, name)
  return mediaType(response) === 'application/x-www-form-urlencoded' ? new URLSearchParams(body).get(name) : null
}

/** The error code of an answer and its words, where it is an error response. @see RFC 6749 §5.2 */
export function errorOf(response: RecordedResponse | null): { error: string; description: string | null } | null {
  if (response === null) return null
  const error = answered(response, 'error')
  return error === null ? null : { error, description: answered(response, 'error_description') }
}

/** The host of an address with its port; the text itself where it is no address. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}

/** A piece of evidence; `marked` is the part of `value` that matters. */
export function evidence(
  event: FlowEvent | null,
  name: string,
  value: string,
  marked: Evidence['marked'] = null,
): Evidence {
  return { event: event?.id ?? null, name, value, marked }
}

/** The status line, and the error response if it is one. */
export function answerEvidence(event: Exchange): Evidence[] {
  const { response } = event
  if (response === null) return []
  const failed = errorOf(response)
  const status = evidence(event, 'status', `${response.status} ${response.statusText}`.trim())
  if (failed === null) return [status]
  const said = failed.description === null ? [] : [evidence(event, 'error_description', failed.description)]
  return [status, evidence(event, 'error', failed.error), ...said]
}

/** Where two texts differ: the start and end of the differing part of each. */
export function difference(one: string, other: string): { one: [number, number]; other: [number, number] } {
  let start = 0
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1
  let end = 0
  const shorter = Math.min(one.length, other.length) - start
  while (end < shorter && one.at(-1 - end) === other.at(-1 - end)) end += 1
  return { one: [start, one.length - end], other: [start, other.length - end] }
}

function textAt(value: unknown, name: string): string | null {
  if (!isObject(value) || !Object.hasOwn(value, name)) return null
  const found = value[name]
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : null
}
