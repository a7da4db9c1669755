// Flows as nobody would record them: events of every kind in any order, at any time, with hostile texts in every field.
import fc from 'fast-check'
import type { FlowEvent } from '../../../../../contract/flow/event.ts'
import { checkEvent, exchangeEvent } from './sample-events.ts'

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 600 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    ']]><svg onload="x()">&amp;',
    '"/><image href="https://evil.example/x"/>',
    '\u202eabc\u0000\ud800\ufffe',
    '漢字'.repeat(80),
    '👩‍👩‍👧'.repeat(30),
    '\n\n\t',
  ),
)

const at = fc.integer({ min: -1_000, max: 100_000 })
const id = fc.uuid()
const tone = fc.constantFrom('running', 'succeeded', 'failed', 'noted')

const request = fc.record({
  method: hostile,
  url: fc.oneof(hostile, fc.webUrl({ withQueryParameters: true })),
  headers: fc.constant<[string, string][]>([]),
  body: fc.constant(null),
  truncated: fc.constant(false),
})

const response = fc.record({
  status: fc.integer({ min: 100, max: 599 }),
  statusText: hostile,
  headers: fc.constant<[string, string][]>([]),
  body: fc.oneof(
    hostile,
    hostile.map((error) => JSON.stringify({ error })),
  ),
  size: fc.constant(null),
  truncated: fc.boolean(),
})

const whole = fc.option(fc.nat(60_000))
const failure = fc.record({ kind: fc.constant('network' as const), host: hostile, code: fc.option(hostile) })

const exchange = fc
  .record({
    facts: fc.record({
      ...{ to: fc.constantFrom('authorization_server', 'api'), request, response: fc.option(response), outcome: tone },
      ...{ failure: fc.option(failure), attempts: fc.integer({ min: 1, max: 9 }) },
      timing: fc.record({ waiting: whole, receiving: whole, whole }),
    }),
    id,
    at,
  })
  .map(({ id, at, facts }) => exchangeEvent(id, at, facts))

const check = fc
  .record({
    facts: fc.record({
      which: fc.constantFrom('state', 'scope', 'redirect_uri', 'account'),
      ...{ expected: fc.option(hostile), found: fc.option(fc.array(hostile, { maxLength: 5 })) },
      result: fc.constantFrom('passed', 'failed', 'skipped', 'unconfirmed'),
    }),
    id,
    at,
  })
  .map(({ id, at, facts }) => checkEvent(id, at, facts))

const authorization = fc.record({
  ...{ kind: fc.constant('authorization_request' as const), id, at, endpoint: hostile },
  parameters: fc.constant([]),
  ...{ redirectUri: hostile, codeChallengeMethod: fc.constant('S256' as const) },
  opened: fc.constantFrom('browser', 'by_person', 'failed'),
})

const redirect = fc.record({
  ...{ kind: fc.constant('redirect' as const), id, at },
  via: fc.constantFrom('listener', 'app', 'pasted', 'out_of_band'),
  parameters: fc.array(fc.tuple(hostile, hostile), { maxLength: 3 }),
  ...{ error: fc.option(hostile), errorDescription: fc.option(hostile), request: fc.option(request) },
})

const stray = fc.record({
  ...{ kind: fc.constant('stray_request' as const), id, at },
  reason: fc.constantFrom('host', 'path', 'state', 'unreadable'),
  ...{ request: fc.option(request), status: fc.option(fc.integer({ min: 200, max: 500 })) },
  ...{ error: fc.option(hostile), errorDescription: fc.option(hostile) },
})

const wait = fc.record({
  ...{ kind: fc.constant('wait' as const), id, at },
  for: fc.constantFrom('redirect', 'code', 'device', 'decision', 'pause'),
  ...{ until: fc.option(at), endedAt: fc.option(at) },
  ended: fc.constantFrom('running', 'over', 'timed_out', 'cancelled', 'failed', 'host_ended'),
  ...{ trouble: fc.option(failure), retry: fc.constant(null) },
})

const step = fc.record({
  ...{ kind: fc.constant('legacy_step' as const), id, at },
  from: fc.constantFrom('grantdesk', 'browser', 'authorization_server', 'api'),
  to: fc.constantFrom('grantdesk', 'browser', 'authorization_server', 'api'),
  ...{ ms: whole, title: hostile, outcome: tone, note: hostile, request: fc.constant(null) },
  response: fc.option(response),
})

const remark = fc.record({ kind: fc.constant('token_handed_over' as const), id, at, grant: hostile })

export const anyEvents: fc.Arbitrary<FlowEvent[]> = fc.array(
  fc.oneof(exchange, check, authorization, redirect, stray, wait, step, remark) as fc.Arbitrary<FlowEvent>,
  { maxLength: 30 },
)
