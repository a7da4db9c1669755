// Makes flows of recorded logins: the events that Grantdesk would have recorded, with the program that made the login in its
// place. Every secret is replaced by its pseudonym here; nothing raw goes on.

import { createHash } from 'node:crypto'
import { type EventOf, type FlowEvent, flowEventSchema } from '../../contract/flow/event.ts'
import type { ExchangeFailure } from '../../contract/flow/exchange.ts'
import type { Flow, FlowAbout, FlowKind } from '../../contract/flow/flow.ts'
import { headerValue } from '../../contract/header-value.ts'
import { aboutNothing, defaultFacts } from '../flows/default-facts.ts'
import type { CheckFacts } from '../flows/recording.ts'
import { redactEvent, redactFacts, redactFailure } from '../flows/redact-event.ts'
import { Redactor } from '../flows/redactor.ts'
import type { Context } from '../flows/secret-names.ts'
import type { Problem } from '../problem.ts'
import { type Asked, checkRedirect, checkTokenAnswer, checkTokenRequest, pkceOf } from './login-checks.ts'
import type { Login, SentBack, Step } from './logins.ts'
import { type NamedSecret, secretsIn } from './message-secrets.ts'
import type { OAuthMessage } from './oauth-message.ts'

export interface LoginFlowDeps {
  pseudonym: (secret: string) => string
  /** The id of the service that an address belongs to; `null` if none is known. */
  serviceAt(address: string): string | null
  /** The program that recorded the archive. */
  creator: string
}

/** Secrets of other logins in the same archive that are looked for, too: more would make each text slow to search. */
const mostOfOthers = 300

/** The flows of these logins, in their order. */
export async function loginFlows(logins: readonly Login[], deps: LoginFlowDeps): Promise<Flow[]> {
  const all = secretsIn(logins.flatMap(({ steps }) => steps)).slice(0, mostOfOthers)
  const flows: Flow[] = []
  for (const login of logins) {
    flows.push(await flowOf(login, all, deps))
    // Other callers of the host go on meanwhile.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return flows
}

async function flowOf({ steps }: Login, others: readonly NamedSecret[], deps: LoginFlowDeps): Promise<Flow> {
  const redactor = new Redactor(deps.pseudonym)
  for (const [secret, label] of [...secretsIn(steps), ...others]) redactor.hide(secret, label)
  const events = createEvents(redactor)
  const why = await addEvents(steps, events)
  const outcome = outcomeOf(steps, why)
  const failure = outcome === 'failed' && why ? redactFailure(redactor, why.failure, why.outside) : null
  const address = addressOf(steps)
  const flow = {
    ...{ id: '', kind: kindOf(steps), connectionId: null },
    about: aboutOf(steps, address, deps.creator, redactor),
    serviceId: deps.serviceAt(address) ?? hostOf(address),
    startedAt: steps[0]?.at ?? 0,
    endedAt: Math.max(...steps.map(endOf)),
    outcome,
    failure,
    events: events.all(),
  }
  return { ...flow, id: contentId(flow), eventCount: flow.events.length }
}

/** The same login has the same id, however often it is imported. */
export function contentId(flow: Pick<Flow, 'events' | 'kind' | 'startedAt'>): string {
  const { kind, startedAt, events } = flow
  const digest = createHash('sha256').update(JSON.stringify({ kind, startedAt, events })).digest('hex')
  return `imported-${digest.slice(0, 24)}`
}

type Facts = { kind: FlowEvent['kind'] } & Record<string, unknown>

interface Events {
  add(at: number, facts: Facts, context?: Context): void
  check(at: number): (facts: CheckFacts) => void
  all(): FlowEvent[]
}

function createEvents(redactor: Redactor): Events {
  const events: FlowEvent[] = []
  function add(at: number, { kind, ...facts }: Facts, context: Context = 'authorization'): void {
    const common = { ...defaultFacts(kind), kind, id: String(events.length + 1), at, by: 'other_program' }
    events.push(flowEventSchema.parse({ ...common, ...redactFacts(redactor, kind, facts, context) }))
  }
  return {
    add,
    check: (at) => (facts) => add(at, { kind: 'check', ...facts }),
    // A secret that a later message showed may stand in an earlier one.
    all: () => events.map((event) => redactEvent(redactor, event)),
  }
}

/** Adds the events; returns why the login failed, `null` if it did not. */
async function addEvents(steps: readonly Step[], events: Events): Promise<Problem | null> {
  const asked: Asked = { request: null, metadata: {} }
  let why: Problem | null = null
  for (const step of steps) {
    if (step.is === 'authorization_request') {
      // What was pushed before is named by the request alone. @see RFC 9126 §4
      if (asked.request === null || !step.asked.has('request_uri')) asked.request = step.asked
      addAuthorizationRequest(step, asked.request, steps, events)
    } else if (step.is === 'redirect' || step.is === 'sent_back') {
      addRedirect(step, events)
      why = checkRedirect(step, asked, events.check(step.at))
    } else {
      addExchange(step, events)
      if (step.is !== 'exchange') continue
      learn(step, asked)
      if (!isTokenRequest(step)) continue
      checkTokenRequest(step, asked, events.check(step.at))
      why = await checkTokenAnswer(step, asked, events.check(endOf(step)))
    }
  }
  return why
}

/** Takes what later checks compare with. */
function learn({ purpose, asked: pushed, answered }: Extract<OAuthMessage, { is: 'exchange' }>, asked: Asked): void {
  if (purpose.kind === 'pushed_authorization') asked.request = pushed
  if (purpose.kind === 'discovery' && typeof answered.issuer === 'string') asked.metadata = answered
}

function addAuthorizationRequest(
  step: Extract<Step, { is: 'authorization_request' }>,
  asked: URLSearchParams,
  steps: readonly Step[],
  events: Events,
): void {
  const { at, endpoint, parameters } = step
  events.add(at, {
    ...{ kind: 'authorization_request', endpoint, parameters, redirectUri: asked.get('redirect_uri') ?? '' },
    ...{ codeChallengeMethod: pkceOf(asked), opened: 'browser' },
  })
  const answer = steps.slice(steps.indexOf(step)).find((one) => one.is === 'redirect' || one.is === 'sent_back')
  events.add(at, { kind: 'wait', for: 'redirect', endedAt: answer?.at ?? null, ended: answer ? 'over' : 'cancelled' })
}

function addRedirect(step: SentBack | Extract<Step, { is: 'redirect' }>, events: Events): void {
  const { at, parameters } = step
  const named = new URLSearchParams(parameters)
  events.add(at, {
    ...{ kind: 'redirect', via: 'listener', parameters, error: named.get('error') },
    errorDescription: named.get('error_description'),
    request: step.is === 'redirect' ? step.request : null,
  })
}

function addExchange(step: Exclude<OAuthMessage, { is: 'authorization_request' | 'redirect' }>, events: Events): void {
  const { at, request, response, timing } = step
  const isExchange = step.is === 'exchange'
  const to = isExchange ? step.to : 'api'
  const failure = failureOf(step, to)
  const pending = isExchange && step.asked.has('device_code') ? String(step.answered.error) : ''
  const finding = pending === 'authorization_pending' || pending === 'slow_down' ? pending : null
  const isFailed = failure !== null || response === null || response.status >= 400
  const facts: Facts & Omit<EventOf<'exchange'>, 'id' | 'at' | 'kind'> = {
    kind: 'exchange',
    ...{
      purpose: isExchange ? step.purpose : { kind: 'api_request' },
      to,
      request,
      response,
      timing,
      failure,
      finding,
    },
    ...{ outcome: finding ? 'noted' : isFailed ? 'failed' : 'succeeded', attempts: 1 },
  }
  events.add(at, facts, to === 'api' ? 'api' : 'authorization')
}

function failureOf({ request, response }: OAuthMessage, to: 'authorization_server' | 'api'): ExchangeFailure | null {
  const url = URL.parse(request.url)
  const host = url?.host ?? ''
  if (response === null) return { kind: 'network', host, code: null }
  if (response.status < 300 || response.status >= 400 || response.status === 304 || to === 'api') return null
  const location = headerValue(response.headers, 'location') ?? ''
  const target = URL.parse(location, request.url)
  return { kind: 'redirected', host, to: target?.hostname === url?.hostname ? (target?.host ?? null) : null }
}

function isTokenRequest(step: Extract<OAuthMessage, { is: 'exchange' }>): boolean {
  return step.asked.has('grant_type') && step.request.method === 'POST'
}

function outcomeOf(steps: readonly Step[], why: Problem | null): Flow['outcome'] {
  if (why !== null) return 'failed'
  const last = steps.findLast((step) => step.is !== 'sent_on')
  if (last?.is === 'authorization_request') return 'cancelled'
  if (last === undefined || last.is === 'sent_back' || last.is === 'redirect') return 'succeeded'
  return last.response === null || last.response.status >= 400 ? 'failed' : 'succeeded'
}

function kindOf(steps: readonly Step[]): FlowKind {
  const purposes = new Set(steps.map((step) => (step.is === 'exchange' ? step.purpose.kind : step.is)))
  const has = (...kinds: string[]) => kinds.some((kind) => (purposes as ReadonlySet<string>).has(kind))
  if (has('authorization_request', 'redirect', 'sent_back', 'token_request')) return 'connect'
  if (has('device_authorization', 'pushed_authorization')) return 'connect'
  if (has('refresh')) return 'refresh'
  if (has('revocation')) return 'revoke'
  if (has('introspection', 'identify')) return 'identify'
  return steps.every((step) => step.is === 'exchange' && /^(?:discovery|issuer_keys)$/.test(step.purpose.kind))
    ? 'discover'
    : 'request'
}

function aboutOf(steps: readonly Step[], address: string, creator: string, redactor: Redactor): FlowAbout {
  const host = hostOf(address)
  const call = steps.find((step) => step.is === 'api_request')
  const path = call?.is === 'api_request' ? (URL.parse(call.request.url)?.pathname ?? null) : null
  return {
    ...aboutNothing,
    service: host,
    connection: kindOf(steps) === 'request' ? host : null,
    host: kindOf(steps) === 'discover' ? host : null,
    method: call?.is === 'api_request' ? call.request.method : null,
    path: path === null ? null : redactor.known(path),
    importedFrom: creator,
  }
}

/** That of the authorization server, as far as it is known. */
function addressOf(steps: readonly Step[]): string {
  const asked = steps.find((step) => step.is === 'authorization_request')
  const exchange = steps.find((step) => step.is === 'exchange') ?? steps.find((step) => step.is === 'api_request')
  if (asked?.is === 'authorization_request') return asked.endpoint
  if (exchange) return exchange.request.url
  const [first] = steps
  return first?.is === 'sent_back' ? first.redirectUri : (first?.request.url ?? '')
}

function hostOf(address: string): string {
  return URL.parse(address)?.host || 'a service'
}

function endOf(step: Step): number {
  return step.is === 'sent_back' ? step.at : step.at + (step.timing.whole ?? 0)
}
