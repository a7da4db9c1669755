// What of an event can be compared with the same event of another flow: names and values, and which of them differ from flow
// to flow by their nature.
import { headerValue } from '../../header-value.ts'
import type { EventOf, FlowEvent } from '../event.ts'
import type { RecordedRequest, RecordedResponse } from '../exchange.ts'
import { jsonMembers } from '../json-member.ts'
import { queryOf } from '../request-line.ts'

export interface ComparableFact {
  name: string
  value: string
  /** Whether it is part of what was sent, rather than of what came of it. */
  sent: boolean
}

/** In the order in which they are read. Times and sizes are no facts: they differ always. */
export function comparableFacts(event: FlowEvent): ComparableFact[] {
  switch (event.kind) {
    case 'exchange':
      return exchangeFacts(event)
    case 'authorization_request':
      return [sent('endpoint', event.endpoint), ...event.parameters.map(([name, value]) => sent(name, value))]
    case 'redirect':
      return event.parameters.map(([name, value]) => came(name, value))
    case 'check':
      return [
        came('result', event.result),
        ...(event.reason === null ? [] : [came('reason', event.reason)]),
        ...valueFact('expected', event.expected),
        ...valueFact('found', event.found),
      ]
    case 'stray_request':
      return [came('reason', event.reason)]
    case 'wait':
      return [came('ended', event.ended)]
    case 'decision':
      return [came('choice', event.decision.choice)]
    case 'second_try':
      return [came('failure', event.failure?.kind ?? 'none')]
    case 'token_handed_over':
      return [sent('grant', event.grant)]
    case 'revocation_not_offered':
      return []
    case 'legacy_step':
      return [came('outcome', event.outcome)]
  }
}

const sent = (name: string, value: string): ComparableFact => ({ name, value, sent: true })
const came = (name: string, value: string): ComparableFact => ({ name, value, sent: false })

function valueFact(name: string, value: EventOf<'check'>['found']): ComparableFact[] {
  return value === null ? [] : [came(name, Array.isArray(value) ? value.join(' ') : String(value))]
}

function exchangeFacts({ request, response, failure, outcome }: EventOf<'exchange'>): ComparableFact[] {
  return [
    sent('method', request.method),
    sent('url', request.url.split(/[?#]/)[0] ?? ''),
    ...pairsIn(request).map(([name, value]) => sent(name, value)),
    ...request.headers
      .filter(([name]) => !plainHeaders.has(name.toLowerCase()))
      .map(([name, value]) => sent(name.toLowerCase(), value)),
    ...(response === null ? [] : responseFacts(response)),
    ...(failure === null ? [] : [came('failure', failure.kind)]),
    came('outcome', outcome),
  ]
}

/** Headers of a request that say nothing about OAuth. */
const plainHeaders = new Set([
  'accept-encoding',
  'accept-language',
  'connection',
  'content-length',
  'host',
  'user-agent',
])

/** Headers of a response that a client goes by. */
const tellingHeaders = new Set(['content-type', 'location', 'retry-after', 'www-authenticate'])

/** Members of an answer that a client goes by; of others only that they are there. */
const tellingMembers = new Set(['error', 'error_description', 'expires_in', 'scope', 'token_type'])

function responseFacts({ status, headers, body }: RecordedResponse): ComparableFact[] {
  const members = body === null ? [] : membersOf(body)
  return [
    came('status', String(status)),
    ...headers
      .filter(([name]) => tellingHeaders.has(name.toLowerCase()))
      .map(([name, value]) => came(`response ${name.toLowerCase()}`, value)),
    ...members.filter(([name]) => tellingMembers.has(name)).map(([name, value]) => came(name, value)),
    ...(members.length === 0 ? [] : [came('members', members.map(([name]) => name).join(' '))]),
  ]
}

/** The parameters of the query and of the body, a form or JSON. */
function pairsIn({ url, headers, body }: RecordedRequest): [string, string][] {
  const query = [...new URLSearchParams(queryOf(url))]
  if (body === null) return query
  const isForm = headerValue(headers, 'content-type')?.includes('form-urlencoded')
  return [...query, ...(isForm ? new URLSearchParams(body) : membersOf(body))]
}

/** The members of a JSON object, as texts; none where it is no object. */
function membersOf(text: string): [string, string][] {
  return Object.entries(jsonMembers(text)).map(([name, member]) => [
    name,
    typeof member === 'string' ? member : JSON.stringify(member),
  ])
}
