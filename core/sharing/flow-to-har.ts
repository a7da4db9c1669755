// A flow as an HTTP Archive, for the developer tools of browsers: each message is an entry, and everything else of the flow
// stands beside them, so that the same flow can be read from it again (har-to-flow.ts).

import type { FlowEvent } from '../../contract/flow/event.ts'
import type { RecordedRequest, RecordedResponse } from '../../contract/flow/exchange.ts'
import type { Flow } from '../../contract/flow/flow.ts'
import { eventNote, eventTitle } from '../../contract/flow/words.ts'
import { headerValue } from '../../contract/header-value.ts'
import { headOf } from '../flows/flow-line.ts'
import type { Har, HarEntry, HarPair } from './har-format.ts'

/** `version` is Grantdesk's. */
export function flowToHar(flow: Flow, version: string): Har {
  const entries = flow.events.flatMap((event) => entryOf(event) ?? [])
  return {
    log: {
      version: '1.2',
      creator: { name: 'Grantdesk', version },
      _grantdesk: { flow: headOf(flow), events: flow.events.map(withoutMessages) },
      entries: entries.toSorted((one, other) => (one.startedDateTime < other.startedDateTime ? -1 : 1)),
    },
  }
}

/** An event's facts without what its entry holds. */
function withoutMessages(event: FlowEvent): object {
  if (!('request' in event) || event.request === null) return event
  const request = { truncated: event.request.truncated }
  if (!('response' in event) || event.response === null) return { ...event, request }
  const { size, truncated } = event.response
  return { ...event, request, response: { size, truncated } }
}

interface Message {
  request: RecordedRequest
  response: RecordedResponse | null
  timing: { waiting: number | null; receiving: number | null }
}

/** `null` for an event without a message. */
function entryOf(event: FlowEvent): HarEntry | null {
  const message = messageOf(event)
  if (message === null) return null
  const { request, response, timing } = message
  const timings = { send: 0, wait: Math.max(0, timing.waiting ?? 0), receive: Math.max(0, timing.receiving ?? 0) }
  const note = eventNote(event)
  return {
    startedDateTime: dateOf(event.at),
    time: timings.wait + timings.receive,
    request: harRequest(request),
    response: harResponse(response),
    cache: {},
    timings,
    comment: note === '' ? eventTitle(event) : `${eventTitle(event)}: ${note}`,
    _grantdesk: { event: event.id },
  }
}

function messageOf(event: FlowEvent): Message | null {
  const untimed = { waiting: null, receiving: null }
  switch (event.kind) {
    case 'exchange':
      return { request: event.request, response: event.response, timing: event.timing }
    case 'legacy_step':
      return event.request && { request: event.request, response: event.response, timing: untimed }
    case 'authorization_request':
      return { request: visit(event.endpoint, event.parameters), response: null, timing: untimed }
    case 'redirect':
    case 'stray_request':
      return event.request && { request: event.request, response: null, timing: untimed }
    default:
      return null
  }
}

/** The request that the browser is sent with. */
function visit(endpoint: string, parameters: [string, string][]): RecordedRequest {
  const query = new URLSearchParams(parameters).toString()
  const url = query === '' ? endpoint : `${endpoint}${endpoint.includes('?') ? '&' : '?'}${query}`
  return { method: 'GET', url, headers: [], body: null, truncated: false }
}

function harRequest({ method, url, headers, body }: RecordedRequest): HarEntry['request'] {
  const mimeType = headerValue(headers, 'content-type') ?? 'text/plain'
  const isForm = /x-www-form-urlencoded/i.test(mimeType)
  const query = /\?([^#]*)/.exec(url)?.[1] ?? ''
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: pairs(headers),
    queryString: pairs([...new URLSearchParams(query)]),
    ...(body === null
      ? {}
      : { postData: { mimeType, text: body, ...(isForm ? { params: pairs([...new URLSearchParams(body)]) } : {}) } }),
    headersSize: -1,
    bodySize: body === null ? 0 : Buffer.byteLength(body),
  }
}

function harResponse(response: RecordedResponse | null): HarEntry['response'] {
  const { status, statusText, headers, body, size, truncated } = response ?? noResponse
  const content = { size: size ?? Buffer.byteLength(body ?? ''), mimeType: headerValue(headers, 'content-type') ?? '' }
  return {
    status,
    statusText,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: pairs(headers),
    content: {
      ...content,
      ...(body === null ? {} : { text: body }),
      ...(truncated ? { comment: 'Only its beginning was recorded.' } : {}),
    },
    redirectURL: headerValue(headers, 'location') ?? '',
    headersSize: -1,
    bodySize: response === null ? -1 : content.size,
    ...(response === null ? { comment: 'No response was recorded.' } : {}),
  }
}

const noResponse: RecordedResponse = {
  status: 0,
  statusText: '',
  headers: [],
  body: null,
  size: null,
  truncated: false,
}

function pairs(list: readonly (readonly [string, string])[]): HarPair[] {
  return list.map(([name, value]) => ({ name, value }))
}

/** A time that no calendar has is its beginning. */
function dateOf(at: number): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString()
}
