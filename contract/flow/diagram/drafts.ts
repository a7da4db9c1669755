// What an event shows in a diagram, before anything has its place: arrows between parties, marks on our own lifeline, waits.
import { checkTitle, checkValueWords } from '../check-words.ts'
import { elapsedText } from '../elapsed.ts'
import type { EventOf, FlowEvent } from '../event.ts'
import type { ExchangeFailure } from '../exchange.ts'
import type { Party } from '../legacy-step.ts'
import { hostIn, requestLine } from '../request-line.ts'
import { exchangeFailureWords } from '../trouble-words.ts'
import { eventDuration, eventNote, eventOutcome, eventTitle } from '../words.ts'
import { errorCode } from './error-code.ts'
import type { ArrowStyle, MarkRow, Tone } from './model.ts'

interface DraftCommon {
  tone: Tone
  /** When it happened; `null` for what is still to come. */
  at: number | null
  label: string
  /** A subordinate text, and a duration in words; empty if there is none. */
  detail: string
  duration: string
}

interface ArrowDraft extends DraftCommon {
  kind: 'arrow'
  style: ArrowStyle
  from: Party
  to: Party
}

interface MarkDraft extends DraftCommon {
  kind: 'mark'
  shape: MarkRow['shape']
  /** On whose lifeline it is. */
  party: Party
}

interface WaitDraft extends DraftCommon {
  kind: 'wait'
  /** Whose turn it is. */
  party: Party
  endedAt: number | null
}

export type Draft = ArrowDraft | MarkDraft | WaitDraft

/** What the drafts of all events depend on. */
export interface DraftContext {
  /** The present, for what is under way. */
  now: number
  /** The parties whose lifeline names one host: only another one is said. */
  hosts: ReadonlyMap<Party, string>
}

const tones: Record<ReturnType<typeof eventOutcome>, Tone> = {
  running: 'running',
  succeeded: 'good',
  failed: 'bad',
  noted: 'noted',
}

export function toneOf(event: FlowEvent): Tone {
  return tones[eventOutcome(event)]
}

/** In the order in which they happened. Where another program is the client, it stands where Grantdesk would. */
export function draftsOf(event: FlowEvent, context: DraftContext): Draft[] {
  const drafts = ownDraftsOf(event, context)
  const { by } = event
  if (by === undefined) return drafts
  const other = (party: Party) => (party === 'grantdesk' ? by : party)
  return drafts.map((draft) =>
    draft.kind === 'arrow'
      ? { ...draft, from: other(draft.from), to: other(draft.to) }
      : { ...draft, party: other(draft.party) },
  )
}

function ownDraftsOf(event: FlowEvent, context: DraftContext): Draft[] {
  switch (event.kind) {
    case 'exchange':
      return exchangeDrafts(event, context)
    case 'authorization_request':
      return authorizationDrafts(event)
    case 'redirect':
      return redirectDrafts(event)
    case 'stray_request':
      return [strayDraft(event)]
    case 'check':
      return [checkDraft(event)]
    case 'wait':
      return [waitDraft(event, context.now)]
    case 'legacy_step':
      return legacyDrafts(event)
    case 'decision':
      return [remark(event, 'decision')]
    case 'token_handed_over':
    case 'revocation_not_offered':
    case 'second_try':
      return [remark(event, 'note')]
  }
}

const blank = { detail: '', duration: '' }

function durationOf(event: FlowEvent): string {
  const ms = eventDuration(event)
  return ms === null ? '' : elapsedText(ms)
}

/** Failures where the request certainly did not reach the server. */
const unsent = new Set<ExchangeFailure['kind']>(['network', 'proxy', 'address_refused'])

function exchangeDrafts(event: EventOf<'exchange'>, { now, hosts }: DraftContext): Draft[] {
  const { to, request, response, failure, at, attempts } = event
  const tone = toneOf(event)
  const line = requestLine(request, hosts.get(to) !== hostIn(request.url))
  const label = attempts > 1 ? `${line} · ${attempts} times` : line
  const lost = response === null && failure !== null && unsent.has(failure.kind)
  const asked: ArrowDraft = {
    ...{ kind: 'arrow', style: lost ? 'lost' : 'sent', from: 'grantdesk', to, at, label, ...blank },
    tone: lost ? tone : 'good',
  }
  const duration = durationOf(event)
  if (response !== null) {
    const words = [response.status, errorCode(response) ?? response.statusText].filter((word) => word !== '')
    const endedAt = event.timing.whole === null ? at : at + event.timing.whole
    const detail = failure === null ? '' : exchangeFailureWords(failure)
    const answer = { from: to, to: 'grantdesk', at: endedAt, label: words.join(' '), detail, duration } as const
    return [asked, { kind: 'arrow', style: 'sent', tone, ...answer }]
  }
  if (failure !== null) {
    const endedAt = event.timing.whole === null ? at : at + event.timing.whole
    const label = exchangeFailureWords(failure)
    const shape = tone === 'bad' ? 'failed' : 'note'
    return [asked, { kind: 'mark', party: 'grantdesk', shape, tone, at: endedAt, label, detail: '', duration }]
  }
  if (tone !== 'running') return [asked]
  const awaited = { from: to, to: 'grantdesk', at: null, label: '', detail: '' } as const
  const soFar = elapsedText(Math.max(0, now - at))
  return [asked, { kind: 'arrow', style: 'awaited', tone, ...awaited, duration: soFar }]
}

const openingWords: Record<EventOf<'authorization_request'>['opened'], string> = {
  browser: 'open the authorization URL',
  by_person: 'authorization URL, opened by hand',
  failed: 'authorization URL, the browser did not open',
}

function authorizationDrafts(event: EventOf<'authorization_request'>): Draft[] {
  const { at, endpoint, opened } = event
  const common = { kind: 'arrow', at, ...blank } as const
  const label = requestLine({ method: 'GET', url: endpoint })
  return [
    { ...common, style: 'sent', tone: toneOf(event), from: 'grantdesk', to: 'browser', label: openingWords[opened] },
    { ...common, style: 'unseen', tone: 'good', from: 'browser', to: 'authorization_server', label },
  ]
}

function redirectDrafts(event: EventOf<'redirect'>): Draft[] {
  const { at, via, error, request, parameters } = event
  const tone = toneOf(event)
  const common = { kind: 'arrow', at, tone, ...blank } as const
  const sentBack = via === 'out_of_band' ? 'shows the answer' : 'back to the redirect URI'
  const shown = `${sentBack}${error === null ? '' : `: ${error}`}`
  const names = parameters.map(([name]) => name).join('&')
  // A form's parameters stand in the body.
  const posted = request !== null && request.method !== 'GET' && names !== '' ? ` (${names})` : ''
  const label = request === null ? `${eventTitle(event)}${names && ` (${names})`}` : `${requestLine(request)}${posted}`
  return [
    { ...common, style: 'unseen', from: 'authorization_server', to: 'browser', label: shown },
    { ...common, style: 'sent', from: 'browser', to: 'grantdesk', label },
  ]
}

function strayDraft(event: EventOf<'stray_request'>): Draft {
  const { at, request, status } = event
  const answered = status === null ? '' : `answered with ${status}`
  const detail = [request === null ? '' : requestLine(request), answered].filter(Boolean).join(' · ')
  const common = { from: 'browser', to: 'grantdesk', at, label: eventTitle(event), detail, duration: '' } as const
  return { kind: 'arrow', style: 'stray', tone: toneOf(event), ...common }
}

const shapes: Record<EventOf<'check'>['result'], MarkRow['shape']> = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  unconfirmed: 'skipped',
}

function checkDraft(event: EventOf<'check'>): Draft {
  const expected = checkValueWords(event.expected)
  const found = checkValueWords(event.found)
  const differs = event.result === 'failed' || event.result === 'unconfirmed'
  const facts = differs ? [expected && `expected ${expected}`, found && `found ${found}`] : []
  const detail = facts.filter(Boolean).join(' · ')
  const common = { tone: toneOf(event), at: event.at, label: checkTitle(event), detail, duration: '' }
  return { kind: 'mark', party: 'grantdesk', shape: shapes[event.result], ...common }
}

/** Whom each wait is for: at the browser the person signs in; the rest concerns ourselves. */
const waitsAt: Record<EventOf<'wait'>['for'], Party> = {
  redirect: 'browser',
  code: 'browser',
  device: 'grantdesk',
  decision: 'grantdesk',
  pause: 'grantdesk',
}

function waitDraft(event: EventOf<'wait'>, now: number): Draft {
  const { at, endedAt, ended } = event
  const running = ended === 'running'
  const duration = running ? elapsedText(Math.max(0, now - at)) : durationOf(event)
  const common = { tone: toneOf(event), at, label: eventTitle(event), detail: eventNote(event), duration }
  return { kind: 'wait', party: waitsAt[event.for], endedAt, ...common }
}

function remark(event: FlowEvent, shape: MarkRow['shape']): Draft {
  const common = { tone: toneOf(event), at: event.at, label: eventTitle(event), detail: eventNote(event), duration: '' }
  return { kind: 'mark', party: 'grantdesk', shape, ...common }
}

function legacyDrafts(event: EventOf<'legacy_step'>): Draft[] {
  const { from, to, at, ms, title, note, response } = event
  const tone = toneOf(event)
  const duration = durationOf(event)
  if (from === to) {
    const shape = tone === 'bad' ? 'failed' : tone === 'good' ? 'passed' : 'note'
    return [{ kind: 'mark', party: from, shape, tone, at, label: title, detail: note, duration }]
  }
  const first = { kind: 'arrow', style: 'sent', from, to, at, label: title, detail: '' } as const
  if (!response) return [{ ...first, tone, detail: note, duration }]
  const words = [response.status, errorCode(response) ?? response.statusText].filter((word) => word !== '')
  const answer = { from: to, to: from, at: at + (ms ?? 0), label: words.join(' '), detail: '', duration }
  return [
    { ...first, tone: 'good', duration: '' },
    { kind: 'arrow', style: 'sent', tone, ...answer },
  ]
}
