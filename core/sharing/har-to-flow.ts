// Reads a flow from the HTTP Archive that Grantdesk made of it (flow-to-har.ts). What does not fit is left out and counted.
import { type FlowEvent, flowEventSchema } from '../../contract/flow/event.ts'
import type { Flow } from '../../contract/flow/flow.ts'
import { headSchema } from '../flows/flow-line.ts'
import { isObject } from '../json-path.ts'

/** A flow that was read from a file, and how many of its events could not be. */
export interface ReadFlow {
  flow: Flow
  missing: number
}

/** `own` is the archive's `_grantdesk`; `entries` are its entries. `null` if it holds no flow. */
export function harToFlow(own: unknown, entries: readonly unknown[]): ReadFlow | null {
  if (!isObject(own)) return null
  const byEvent = new Map(entries.flatMap((entry) => (eventOf(entry) === null ? [] : [[eventOf(entry), entry]])))
  const facts = Array.isArray(own.events) ? own.events : []
  return flowFrom(
    own.flow,
    facts.map((one) => (isObject(one) ? withMessages(one, byEvent.get(String(one.id))) : one)),
  )
}

/** A flow from its head and its events, which may be anything. */
export function flowFrom(head: unknown, facts: readonly unknown[]): ReadFlow | null {
  const known = headSchema.safeParse(head).data
  if (known === undefined) return null
  const parsed = facts.flatMap((one) => flowEventSchema.safeParse(one).data ?? [])
  const events = [...new Map(parsed.map((event): [string, FlowEvent] => [event.id, event])).values()]
  return { flow: { ...known, events, eventCount: events.length }, missing: facts.length - events.length }
}

/** The id of the event that an entry shows; `null` for an entry of another program. */
export function eventOf(entry: unknown): string | null {
  const own = isObject(entry) ? entry._grantdesk : null
  return isObject(own) && typeof own.event === 'string' ? own.event : null
}

function withMessages(facts: Record<string, unknown>, entry: unknown): unknown {
  if (!isObject(facts.request) || !isObject(entry)) return facts
  return {
    ...facts,
    request: requestIn(entry.request, facts.request),
    ...(isObject(facts.response) ? { response: responseIn(entry.response, facts.response) } : {}),
  }
}

function requestIn(request: unknown, facts: Record<string, unknown>): unknown {
  if (!isObject(request)) return request
  const body = isObject(request.postData) ? request.postData.text : null
  return { ...facts, method: request.method, url: request.url, headers: pairsIn(request.headers), body }
}

function responseIn(response: unknown, facts: Record<string, unknown>): unknown {
  if (!isObject(response)) return response
  const { status, statusText, headers, content } = response
  const body = isObject(content) ? (content.text ?? null) : null
  return { ...facts, status, statusText, headers: pairsIn(headers), body }
}

function pairsIn(list: unknown): unknown {
  return Array.isArray(list) ? list.map((one) => (isObject(one) ? [one.name, one.value] : one)) : list
}
