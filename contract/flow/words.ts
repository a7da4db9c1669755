// Turns a flow's facts into sentences: one wording for the window, the command line and exports. Pure; only for display,
// no decision may depend on it.
import { checkNote, checkTitle } from './check-words.ts'
import { decisionNote, decisionTitle } from './decision-words.ts'
import type { EventOf, FlowEvent } from './event.ts'
import { exchangeNote, exchangeTitle } from './exchange-words.ts'
import type { FlowSummary } from './flow.ts'
import type { Party } from './legacy-step.ts'
import { secondTryNote } from './second-try.ts'
import { durationText, exchangeFailureWords, outageWords } from './trouble-words.ts'

export type EventOutcome = 'running' | 'succeeded' | 'failed' | 'noted'

/** A flow's title. */
export function flowTitle({ kind, about }: Pick<FlowSummary, 'kind' | 'about'>): string {
  if (about.title !== null) return about.title
  const connection = about.connection ?? (about.importedFrom === null ? null : about.service) ?? 'a connection'
  switch (kind) {
    case 'connect':
      return `${about.connection === null ? 'Connect' : 'Reconnect'} ${about.service ?? 'a service'}`
    case 'refresh':
      return `Refresh ${connection}`
    case 'revoke':
      return about.checksRevocation ? `Check the revocation of ${connection}` : `Revoke ${connection}`
    case 'identify':
      return about.workspace === null
        ? `Identify ${connection}`
        : `Look for the workspace ${about.workspace} with ${connection}`
    case 'request':
      return `${about.method ?? 'Request'} ${(about.path ?? '').slice(0, 80)} at ${connection}`
    case 'discover':
      return about.connection === null
        ? `Discover ${about.host ?? 'a service'}`
        : `Verify the tokens of ${about.connection}`
  }
}

/** What happened, in a few words. */
export function eventTitle(event: FlowEvent): string {
  switch (event.kind) {
    case 'exchange':
      return exchangeTitle(event)
    case 'authorization_request':
      return 'Authorization request'
    case 'redirect':
      return redirectTitle(event)
    case 'check':
      return checkTitle(event)
    case 'stray_request':
      return strays[event.reason].title
    case 'wait':
      return waits[event.for].title
    case 'decision':
      return decisionTitle(event.decision)
    case 'token_handed_over':
      return 'A token was handed over'
    case 'revocation_not_offered':
      return 'No revocation endpoint'
    case 'second_try':
      return event.failure === null ? 'Refreshed' : 'Not refreshed'
    case 'legacy_step':
      return event.title
  }
}

/** What to say besides title, request and response; may be empty. */
export function eventNote(event: FlowEvent): string {
  switch (event.kind) {
    case 'exchange':
      return exchangeNote(event)
    case 'authorization_request':
      return opened[event.opened]
    case 'redirect':
      return serverWords(event) ?? ''
    case 'check':
      return checkNote(event)
    case 'stray_request':
      return strayNote(event)
    case 'wait':
      return waitNote(event)
    case 'decision':
      return decisionNote(event.decision)
    case 'token_handed_over':
      return `${event.grant}: made at the service, entered by hand.`
    case 'revocation_not_offered':
      return revocationNotOffered(event)
    case 'second_try':
      return secondTryNote(event.failure)
    case 'legacy_step':
      return event.note
  }
}

/** Who was involved; the same party twice if it was only one. */
export function eventParties(event: FlowEvent): { from: Party; to: Party } {
  const { from, to } = partiesOf(event)
  const client = event.by ?? 'grantdesk'
  return { from: from === 'grantdesk' ? client : from, to: to === 'grantdesk' ? client : to }
}

function partiesOf(event: FlowEvent): { from: Party; to: Party } {
  switch (event.kind) {
    case 'exchange':
      return { from: 'grantdesk', to: event.to }
    case 'authorization_request':
      return { from: 'browser', to: 'authorization_server' }
    case 'redirect':
    case 'stray_request':
      return { from: 'browser', to: 'grantdesk' }
    case 'revocation_not_offered':
      return { from: 'grantdesk', to: 'authorization_server' }
    case 'check':
    case 'wait':
    case 'decision':
    case 'token_handed_over':
    case 'second_try':
      return { from: 'grantdesk', to: 'grantdesk' }
    case 'legacy_step':
      return { from: event.from, to: event.to }
  }
}

export function eventOutcome(event: FlowEvent): EventOutcome {
  switch (event.kind) {
    case 'exchange':
    case 'legacy_step':
      return event.outcome
    case 'authorization_request':
      return event.opened === 'failed' ? 'failed' : 'succeeded'
    case 'redirect':
      return event.error === null ? 'succeeded' : 'failed'
    case 'check':
      return event.result === 'passed' ? 'succeeded' : event.result === 'failed' ? 'failed' : 'noted'
    case 'wait':
      return waitOutcomes[event.ended]
    case 'stray_request':
    case 'decision':
    case 'token_handed_over':
    case 'revocation_not_offered':
    case 'second_try':
      return 'noted'
  }
}

/** Milliseconds; `null` while it is under way and for what has no duration. */
export function eventDuration(event: FlowEvent): number | null {
  if (event.kind === 'exchange') return event.timing.whole
  if (event.kind === 'wait') return event.endedAt === null ? null : event.endedAt - event.at
  return event.kind === 'legacy_step' ? event.ms : null
}

/** The method and URL, if the event has them. */
export function eventAddress(event: FlowEvent): { method: string; url: string } | null {
  if (event.kind === 'authorization_request') return { method: 'GET', url: event.endpoint }
  return 'request' in event ? event.request : null
}

/** The response status: the server's, or ours to the browser. */
export function eventStatus(event: FlowEvent): number | null {
  if ('response' in event) return event.response?.status ?? null
  return event.kind === 'stray_request' ? event.status : null
}

const opened: Record<EventOf<'authorization_request'>['opened'], string> = {
  browser: '',
  by_person: 'The address was shown, to be opened by hand.',
  failed: 'The browser could not be opened; the address was shown.',
}

function redirectTitle({ via, error }: EventOf<'redirect'>): string {
  const what = error === null ? 'a code' : 'an error'
  if (via === 'pasted' || via === 'out_of_band') return `${error === null ? 'A code' : 'An error'} was pasted`
  return `The browser came back with ${what}`
}

/** A server's error and its description as one text. */
function serverWords({ error, errorDescription }: { error: string | null; errorDescription: string | null }) {
  if (error === null) return null
  return errorDescription === null ? error : `${errorDescription} (${error})`
}

const strays: Record<EventOf<'stray_request'>['reason'], { title: string; note: string }> = {
  host: {
    title: 'A request for another host was ignored',
    note: 'Its Host header names another address than ours.',
  },
  method: { title: 'A request that is neither GET nor POST was ignored', note: 'No answer comes that way.' },
  path: {
    title: 'A request for another path was ignored',
    note: 'Only the path of the redirect URI is answered.',
  },
  parameters: {
    title: 'A redirect with a repeated parameter was ignored',
    note: 'No parameter may stand there twice.',
  },
  no_state: { title: 'A redirect without state was ignored', note: 'It cannot belong to this attempt.' },
  state: {
    title: 'A redirect with another state was ignored',
    note: 'It belongs to another attempt, or to none.',
  },
  iss: {
    title: 'A redirect from another authorization server was ignored',
    note: 'The authorization server promises to name itself (iss); this answer names another, or none.',
  },
  no_code: { title: 'A redirect without a code was ignored', note: 'It carries neither a code nor an error.' },
  unproven_error: {
    title: 'An error without state was noted',
    note: 'It may be the authorization server’s answer, without the state that would prove it',
  },
  replay: { title: 'The same answer came again', note: 'It was not used again.' },
  second_answer: { title: 'Another answer was ignored', note: 'The first one was used.' },
  empty: {
    title: 'A request without an answer came',
    note: 'Its page looks for one in the fragment of the address, which browsers do not send.',
  },
  form: { title: 'A POST that is no form was ignored', note: 'An answer is posted as a form (form_post).' },
  unreadable: { title: 'An unreadable request was ignored', note: 'It could not be read as HTTP' },
  second_on_connection: {
    title: 'A second request on one connection was ignored',
    note: 'Each connection has one answer.',
  },
  too_many: { title: 'Many more requests were ignored', note: 'They are no longer noted.' },
}

function strayNote(event: EventOf<'stray_request'>): string {
  const { note } = strays[event.reason]
  if (event.reason === 'unproven_error') return `${note}: ${serverWords(event) ?? 'no words'}`
  return event.reason === 'unreadable' ? `${note}; it was answered with ${event.status}.` : note
}

const waits: Record<EventOf<'wait'>['for'], { title: string; note: string }> = {
  redirect: { title: 'Wait for the redirect', note: 'The person signs in and consents in the browser.' },
  code: { title: 'Wait for the code', note: 'The person signs in and consents in the browser, then pastes the code.' },
  device: {
    title: 'Wait for the person',
    note: 'The person enters the user code at the verification URI, on any device.',
  },
  decision: { title: 'Wait for a decision', note: 'The tokens are another account’s; the person decides.' },
  pause: { title: 'Wait', note: '' },
}

const waitOutcomes: Record<EventOf<'wait'>['ended'], EventOutcome> = {
  running: 'running',
  over: 'succeeded',
  timed_out: 'failed',
  failed: 'failed',
  cancelled: 'noted',
  host_ended: 'failed',
}

const waitEnds: Record<EventOf<'wait'>['ended'], string> = {
  running: '',
  over: '',
  timed_out: 'Nothing came in time.',
  failed: 'What came was not the answer.',
  cancelled: 'It was cancelled.',
  host_ended: 'Grantdesk ended meanwhile.',
}

function waitNote({ for: what, at, until, ended, trouble, retry }: EventOf<'wait'>): string {
  const end = waitEnds[ended]
  if (what !== 'pause') return [waits[what].note, end].filter(Boolean).join(' ')
  const why =
    trouble === null
      ? ''
      : trouble.kind === 'status'
        ? `${outageWords(trouble.status)}.`
        : exchangeFailureWords(trouble)
  const again = until === null ? '' : nextTry(ended, durationText(until - at))
  const count = retry === null || again === '' ? '' : ` (${retry.number} of ${retry.of})`
  return [why, again && `${again}${count}.`, end].filter(Boolean).join(' ')
}

/** When a request is sent again. */
function nextTry(ended: EventOf<'wait'>['ended'], pause: string): string {
  if (ended === 'over') return `Sent again after ${pause}`
  return ended === 'running' ? `To be sent again in ${pause}` : `To be sent again after ${pause}`
}

/** Why a token cannot be revoked from here, and where the person can. */
export function revocationNotOffered({
  service,
  token,
  page,
}: Pick<EventOf<'revocation_not_offered'>, 'service' | 'token' | 'page'>): string {
  if (token !== null) return `Only ${service} itself can end this ${token}: remove it there, where it was made.`
  if (page) return `${service} offers no revocation endpoint. Revoke the grant on the service’s own page.`
  return `${service} offers no revocation endpoint, and no page for it is known: look in your account there for authorized applications, or ask its operator.`
}

/** A sentence about missing events. */
export function missingWords(count: number): string {
  const what = count === 1 ? '1 event is' : `${count} events are`
  return `${what} missing here: damaged on the disk, or never written because it was full.`
}
