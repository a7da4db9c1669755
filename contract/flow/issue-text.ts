// A flow as a short text for a service's support: the facts they look a request up by, and no secret.
import { headerValue } from '../header-value.ts'
import type { EventOf, FlowEvent } from './event.ts'
import type { RecordedRequest } from './exchange.ts'
import type { Flow } from './flow.ts'
import { jsonMember } from './json-member.ts'
import { flowOutcomeWords } from './outcome-words.ts'
import { eventOutcome, eventTitle, flowTitle } from './words.ts'

type Pair = readonly [name: string, value: string]

/** Headers by which a server finds a request in its logs. */
const requestIds =
  /^(?:x-)?(?:[a-z]+-)?(?:request|correlation|trace|transaction)-?id$|^(?:cf-ray|traceparent|x-amzn-trace-id|x-amz-cf-id|x-cloud-trace-context|x-runtime-id|x-served-by)$/i

/** A line for each fact; `service` is the service's name as the person knows it. */
export function issueText(flow: Flow, service: string | null): string {
  const step = tellingStep(flow.events)
  const pairs: Pair[] = [
    ['Service', service ?? flow.about.service ?? ''],
    ['Time', utc(step?.at ?? flow.startedAt)],
    ...(step ? stepFacts(step) : []),
    ['client_id', firstOf(flow.events, 'client_id') ?? basicUser(flow.events) ?? ''],
    ['redirect_uri', firstOf(flow.events, 'redirect_uri') ?? ''],
    ...scopesOf(flow.events),
  ]
  const lines = pairs.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${oneLine(value)}`)
  return [`${oneLine(flowTitle(flow))}: ${flowOutcomeWords[flow.outcome].toLowerCase()}`, '', ...lines, ''].join('\n')
}

type Telling = EventOf<'exchange'> | EventOf<'redirect'>

/** The last step that failed, else the last at all, of those in which a server had a part. */
function tellingStep(events: readonly FlowEvent[]): Telling | undefined {
  const telling = events.filter((event): event is Telling => event.kind === 'exchange' || event.kind === 'redirect')
  return telling.findLast((event) => eventOutcome(event) === 'failed') ?? telling.at(-1)
}

function stepFacts(step: Telling): Pair[] {
  const title: Pair = ['Step', eventTitle(step)]
  if (step.kind === 'redirect')
    return [title, ['error', step.error ?? ''], ['error_description', step.errorDescription ?? '']]
  const { request, response } = step
  const said = response?.body ?? ''
  const ids = response?.headers.filter(([name]) => requestIds.test(name)) ?? []
  return [
    title,
    ['Request', `${request.method} ${request.url.replace(/[?#].*$/s, '')}`],
    ['grant_type', parameterOf(request, 'grant_type') ?? ''],
    ['Status', response === null ? 'no response' : `${response.status} ${response.statusText}`.trim()],
    ['error', jsonMember(said, 'error') ?? ''],
    ['error_description', jsonMember(said, 'error_description') ?? ''],
    ['WWW-Authenticate', headerValue(response?.headers ?? [], 'www-authenticate') ?? ''],
    ...ids,
  ]
}

function scopesOf(events: readonly FlowEvent[]): Pair[] {
  const check = events.findLast((event) => event.kind === 'check' && event.which === 'scope')
  const granted = check?.kind === 'check' && Array.isArray(check.found) ? check.found.join(' ') : ''
  return [
    ['Scopes asked for', firstOf(events, 'scope') ?? ''],
    ['Scopes granted', granted],
  ]
}

/** A parameter, of the authorization request or of the first request that has it. */
function firstOf(events: readonly FlowEvent[], name: string): string | null {
  for (const event of events) {
    const value =
      event.kind === 'authorization_request'
        ? (event.parameters.find(([one]) => one === name)?.[1] ?? null)
        : event.kind === 'exchange'
          ? parameterOf(event.request, name)
          : null
    if (value !== null) return value
  }
  return null
}

/** HTTP Basic is recorded as `Basic <client:<client_secret:…>>`. */
function basicUser(events: readonly FlowEvent[]): string | null {
  for (const event of events) {
    if (event.kind !== 'exchange' || event.to !== 'authorization_server') continue
    const header = headerValue(event.request.headers, 'authorization')
    const user = /^basic <([^<>:]+):/i.exec(header ?? '')?.[1]
    if (user) return user
  }
  return null
}

function parameterOf({ body }: RecordedRequest, name: string): string | null {
  if (body === null) return null
  return /^\s*\{/.test(body) ? jsonMember(body, name) || null : new URLSearchParams(body).get(name)
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
}

/** `2026-11-30T09:15:02.120Z`; empty for a time that no calendar has. */
function utc(at: number): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}
