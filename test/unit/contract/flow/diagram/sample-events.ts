// Events of every kind, as an attempt to connect records them.
import type { EventOf, FlowEvent } from '../../../../../contract/flow/event.ts'
import type { KeptFlow } from '../../../../../contract/flow/flow.ts'

const start = Date.UTC(2026, 10, 30, 9, 0)

export function exchangeEvent(
  id: string,
  at: number,
  facts: Partial<Omit<EventOf<'exchange'>, 'id' | 'at' | 'kind'>> = {},
): EventOf<'exchange'> {
  return {
    kind: 'exchange',
    id,
    at,
    purpose: { kind: 'token_request', grantType: 'authorization_code' },
    to: 'authorization_server',
    request: { method: 'POST', url: 'https://as.example/oauth/token', headers: [], body: null, truncated: false },
    response: { status: 200, statusText: 'OK', headers: [], body: null, size: 0, truncated: false },
    outcome: 'succeeded',
    failure: null,
    finding: null,
    attempts: 1,
    timing: { waiting: 20, receiving: 4, whole: 24 },
    ...facts,
  }
}

export function checkEvent(
  id: string,
  at: number,
  facts: Partial<Omit<EventOf<'check'>, 'id' | 'at' | 'kind'>> = {},
): EventOf<'check'> {
  return {
    kind: 'check',
    id,
    at,
    which: 'state',
    expected: null,
    found: null,
    result: 'passed',
    reason: null,
    ...facts,
  }
}

const authorization: FlowEvent = {
  kind: 'authorization_request',
  id: 'authorize',
  at: start,
  endpoint: 'https://as.example/oauth/authorize',
  parameters: [['client_id', 'abc']],
  redirectUri: 'http://127.0.0.1:53682/callback',
  codeChallengeMethod: 'S256',
  opened: 'browser',
}

const wait: FlowEvent = {
  ...{ kind: 'wait', id: 'wait', at: start + 2, for: 'redirect', until: start + 600_000, endedAt: start + 31_005 },
  ...{ ended: 'over', trouble: null, retry: null },
}

const stray: FlowEvent = {
  ...{ kind: 'stray_request', id: 'stray', at: start + 9_000, reason: 'path', status: 404, error: null },
  errorDescription: null,
  request: { method: 'GET', url: 'http://127.0.0.1:53682/favicon.ico', headers: [], body: null, truncated: false },
}

const redirect: FlowEvent = {
  ...{ kind: 'redirect', id: 'redirect', at: start + 31_000, via: 'listener', error: null, errorDescription: null },
  parameters: [
    ['code', '<code:1a2b>'],
    ['state', '<state:8463>'],
  ],
  request: {
    method: 'GET',
    url: 'http://127.0.0.1:53682/callback?code=<code:1a2b>&state=<state:8463>',
    headers: [],
    body: null,
    truncated: false,
  },
}

const refused = exchangeEvent('token', start + 31_010, {
  outcome: 'failed',
  response: {
    ...{ status: 400, statusText: 'Bad Request', headers: [], size: 40, truncated: false },
    body: '{"error":"invalid_grant"}',
  },
})

/** A connection that ended at the token endpoint, with a stray request on the way. */
export const failedVisit: FlowEvent[] = [
  authorization,
  wait,
  stray,
  redirect,
  checkEvent('state', start + 31_001),
  checkEvent('iss', start + 31_001, { which: 'iss', result: 'skipped', reason: 'not_promised' }),
  refused,
  checkEvent('uri', start + 31_040, {
    which: 'scope',
    expected: ['read', 'write'],
    found: ['read'],
    result: 'failed',
    reason: 'missing',
  }),
]

/** What a visit does not have: an API, a request that got lost, a pause, a decision, remarks, a step of an earlier version. */
export const rareEvents: FlowEvent[] = [
  exchangeEvent('lost', start, {
    ...{ to: 'api', purpose: { kind: 'identify' }, response: null, outcome: 'failed' },
    request: { method: 'GET', url: 'https://api.example/me', headers: [], body: null, truncated: false },
    failure: { kind: 'network', host: 'api.example', code: 'ECONNREFUSED' },
    timing: { waiting: null, receiving: null, whole: 12 },
  }),
  {
    ...{ kind: 'wait', id: 'pause', at: start + 20, for: 'pause', until: start + 2_020, endedAt: start + 2_020 },
    ...{ ended: 'over', trouble: { kind: 'network', host: 'api.example', code: 'ECONNREFUSED' } },
    retry: { number: 1, of: 3 },
  },
  { kind: 'second_try', id: 'second', at: start + 2_030, failure: null },
  exchangeEvent('me', start + 2_040, {
    ...{ to: 'api', purpose: { kind: 'identify' } },
    request: { method: 'GET', url: 'https://api.example/me?fields=name', headers: [], body: null, truncated: false },
  }),
  { kind: 'decision', id: 'decision', at: start + 2_100, decision: { question: 'go_on', choice: 'cancel' } },
  { kind: 'token_handed_over', id: 'handed', at: start + 2_110, grant: 'Personal access token' },
  {
    ...{ kind: 'revocation_not_offered', id: 'revocation', at: start + 2_120, service: 'Plane', token: null },
    page: null,
  },
  {
    ...{ kind: 'legacy_step', id: 'legacy', at: start + 2_130, from: 'grantdesk', to: 'authorization_server', ms: 9 },
    ...{ title: 'Refresh the access token', outcome: 'failed', note: '', request: null },
    response: { status: 500, statusText: 'Oops', headers: [], body: null, size: 0, truncated: false },
  },
]

export function sampleFlow(events: FlowEvent[], facts: Partial<KeptFlow> = {}): KeptFlow {
  return {
    id: 'flow',
    kind: 'connect',
    about: {
      ...{ service: 'Planio', connection: null, method: null, path: null, workspace: null, host: null },
      ...{ grantsPage: null, checksRevocation: false, importedFrom: null, title: null },
    },
    serviceId: 'planio',
    connectionId: null,
    startedAt: start,
    endedAt: start + 31_050,
    outcome: 'failed',
    eventCount: events.length,
    events,
    failure: { kind: 'cancelled', message: 'The authorization server refused the code.' },
    missing: 0,
    ...facts,
  }
}
