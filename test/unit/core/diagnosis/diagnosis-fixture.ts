// Flows for diagnosis rules: events by their facts, and a context in which only what a test says is known.

import type { Diagnosis } from '../../../../contract/flow/diagnosis.ts'
import { type FlowEvent, flowEventSchema } from '../../../../contract/flow/event.ts'
import type { Flow } from '../../../../contract/flow/flow.ts'
import { diagnose } from '../../../../core/diagnosis/diagnose.ts'
import type { DiagnosisContext } from '../../../../core/diagnosis/rule/rule.ts'
import { aboutNothing } from '../../../../core/flows/default-facts.ts'

/** What a rule reads of an exchange; the rest is as in a plain request that was answered with 200. */
interface ExchangeFacts {
  purpose?: { kind: string; [fact: string]: unknown }
  to?: 'authorization_server' | 'api'
  request?: { method?: string; url?: string; headers?: [string, string][]; body?: string | null }
  response?: {
    status?: number
    statusText?: string
    headers?: [string, string][]
    body?: string | null
    truncated?: boolean
  } | null
  outcome?: 'succeeded' | 'failed' | 'noted'
  failure?: { kind: string; [fact: string]: unknown }
}

/** Events in their order, ids `1`, `2` …, a second apart; facts that are left out are `null`. */
export function eventsOf(...facts: Record<string, unknown>[]): FlowEvent[] {
  return facts.map((one, index) => flowEventSchema.parse({ id: String(index + 1), at: 1_000 * (index + 1), ...one }))
}

/** An exchange, by default of a code at the token endpoint. */
export function exchange({ request, response = {}, ...facts }: ExchangeFacts): Record<string, unknown> {
  return {
    kind: 'exchange',
    purpose: { kind: 'token_request', grantType: 'authorization_code' },
    to: 'authorization_server',
    request: { method: 'POST', url: 'https://as.example/token', headers: [], ...request },
    response: response && { status: 200, statusText: '', headers: [], truncated: false, ...response },
    outcome: 'succeeded',
    attempts: 1,
    timing: {},
    ...facts,
  }
}

/** An exchange without a usable response, by default of a code at the token endpoint. */
export function unanswered(failure: NonNullable<ExchangeFacts['failure']>, facts: ExchangeFacts = {}) {
  return exchange({ response: null, outcome: 'failed', failure, ...facts })
}

/** The connection to the token endpoint failed with this code. */
export function networkFailure(code: string) {
  return unanswered({ kind: 'network', host: 'as.example', code })
}

/** A proxy failed for this reason. */
export function proxyFailure(
  reason: string,
  trouble: Record<string, unknown> = {},
  proxy: Record<string, unknown> = {},
) {
  return unanswered({
    ...{ kind: 'proxy', host: 'as.example', trouble: { reason, ...trouble } },
    proxy: {
      address: 'http://proxy.example:3128',
      from: 'environment',
      variable: 'HTTPS_PROXY',
      signsIn: false,
      ...proxy,
    },
  })
}

/** An earlier flow of the same connection with these events. */
export function earlierFlow(events: FlowEvent[], facts: Partial<Flow> = {}): Flow {
  return { ...contextOf().flow, id: 'f0', startedAt: 0, endedAt: 500, outcome: 'succeeded', ...facts, events }
}

/** A form as a request's body. */
export function form(fields: Record<string, string>): { headers: [string, string][]; body: string } {
  return {
    headers: [['content-type', 'application/x-www-form-urlencoded']],
    body: new URLSearchParams(fields).toString(),
  }
}

/** An error response. @see RFC 6749 §5.2 */
export function refusal(error: string, description?: string, status = 400): NonNullable<ExchangeFacts['response']> {
  return {
    status,
    headers: [['content-type', 'application/json']],
    body: JSON.stringify({ error, ...(description === undefined ? {} : { error_description: description }) }),
  }
}

/** A request to the authorization endpoint with these parameters. */
export function authorizationRequest(parameters: Record<string, string>): Record<string, unknown> {
  return {
    kind: 'authorization_request',
    endpoint: 'https://as.example/authorize',
    parameters: Object.entries(parameters),
    redirectUri: parameters.redirect_uri ?? 'http://127.0.0.1:53682/callback',
    codeChallengeMethod: 'S256',
    opened: 'browser',
  }
}

/** Nothing is known beside a failed connect; `flow` changes single facts of it. */
export function contextOf({
  flow,
  ...known
}: Partial<Omit<DiagnosisContext, 'flow'>> & { flow?: Partial<DiagnosisContext['flow']> } = {}): DiagnosisContext {
  return {
    flow: {
      ...{ id: 'f1', kind: 'connect', about: aboutNothing, serviceId: 'acme', connectionId: null },
      ...{ startedAt: 1_000, endedAt: 9_000, outcome: 'failed', eventCount: 0, failure: null },
      ...flow,
    },
    service: null,
    client: null,
    connection: null,
    grant: null,
    earlier: [],
    ...known,
  }
}

/** What the rule of this name says among all that are asked. */
export function diagnosisBy(rule: string, events: FlowEvent[], context = contextOf()): Diagnosis | undefined {
  return diagnose(events, context).find((one) => one.rule === rule)
}

/** The check of an ID token's issuer, which another server issued. */
export const otherIssuer = {
  ...{ kind: 'check', which: 'id_token_issuer', expected: 'https://a', found: 'https://b' },
  result: 'failed',
}
