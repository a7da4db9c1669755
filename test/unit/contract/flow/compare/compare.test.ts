import { describe, expect, it } from 'vitest'
import { compareFlows } from '../../../../../contract/flow/compare/compare.ts'
import { counterpartOf } from '../../../../../contract/flow/compare/counterpart.ts'
import { comparisonSentence } from '../../../../../contract/flow/compare/words.ts'
import type { FlowEvent } from '../../../../../contract/flow/event.ts'
import type { FlowSummary } from '../../../../../contract/flow/flow.ts'
import { aboutNothing } from '../../../../../core/flows/default-facts.ts'
import { authorizationRequest, eventsOf, exchange, form, refusal } from '../../../core/diagnosis/diagnosis-fixture.ts'

const state = (result: string) => ({ kind: 'check', which: 'state', result })

/** A connect; what is random is new in each. */
function connected(
  number: number,
  { redirectUri = `http://127.0.0.1:${50_000 + number}/callback`, secret = '<client_secret:aaaa>', fails = false } = {},
): FlowEvent[] {
  return eventsOf(
    authorizationRequest({ state: `<state:000${number}>`, redirect_uri: redirectUri, scope: 'read' }),
    { kind: 'redirect', via: 'listener', parameters: [['code', `<code:000${number}>`]] },
    state('passed'),
    exchange({
      request: form({ code: `<code:000${number}>`, redirect_uri: redirectUri, client_secret: secret }),
      response: fails ? refusal('invalid_client', undefined, 401) : { status: 200 },
      outcome: fails ? 'failed' : 'succeeded',
    }),
  )
}

describe('a comparison of two flows', () => {
  it('finds nothing where only what is new each time differs', () => {
    const comparison = compareFlows(connected(1), connected(2))
    expect(comparison.first).toBeNull()
    const expected = comparison.steps.flatMap(({ differences }) => differences)
    expect(expected.map(({ name }) => name)).toEqual(['state', 'redirect_uri', 'code', 'code', 'redirect_uri'])
    expect(expected.every((one) => one.expected)).toBe(true)
    expect(comparisonSentence(comparison, 'the first', 'this one')).toBe(
      'They differ in nothing but what is new in every flow.',
    )
  })

  it('names what was sent otherwise before what came of it', () => {
    const comparison = compareFlows(connected(1), connected(2, { secret: '<client_secret:bbbb>', fails: true }))
    expect(comparison.first?.difference).toMatchObject({ name: 'client_secret', sent: true, expected: false })
    expect(comparisonSentence(comparison, 'the one that worked', 'this one')).toContain(
      'client_secret is “<client_secret:bbbb>” in this one, and “<client_secret:aaaa>” in the one that worked',
    )
  })

  it('takes another path of a loopback address for a difference, and another port for none', () => {
    const other = compareFlows(connected(1), connected(2, { redirectUri: 'http://127.0.0.1:50002/other' }))
    expect(other.first?.difference?.name).toBe('redirect_uri')
  })

  it('does not take a header of the response for the request’s', () => {
    const page: FlowEvent[] = connected(2).with(
      3,
      eventsOf(exchange({ request: form({}), response: { headers: [['content-type', 'text/html']] } }))[0] as FlowEvent,
    )
    const { differences } = compareFlows(connected(1), page).steps[3] ?? { differences: [] }
    expect(differences.filter(({ name }) => name.endsWith('content-type'))).toEqual([
      { name: 'response content-type', left: null, right: 'text/html', sent: false, expected: false },
    ])
  })

  it('keeps the same steps together where one flow has more of them', () => {
    const right = connected(2).toSpliced(2, 0, ...eventsOf({ kind: 'stray_request', reason: 'state' }))
    const { steps, first } = compareFlows(connected(1), right)
    expect(steps.map(({ left, right: other }) => [left?.kind ?? null, other?.kind ?? null])).toEqual([
      ['authorization_request', 'authorization_request'],
      ['redirect', 'redirect'],
      [null, 'stray_request'],
      ['check', 'check'],
      ['exchange', 'exchange'],
    ])
    expect(first?.difference).toBeNull()
  })

  it('holds a further check that passed for nothing, and one that failed for the difference', () => {
    expect(
      compareFlows(connected(1), [...connected(2), ...eventsOf({ ...state('passed'), which: 'scope' })]).first,
    ).toBeNull()
    const failed = compareFlows(connected(1), [...connected(2), ...eventsOf({ ...state('failed'), which: 'scope' })])
    expect(failed.first?.step.right).toMatchObject({ which: 'scope' })
  })
})

describe('the flow to compare with', () => {
  const summary = (id: string, startedAt: number, change: Partial<FlowSummary> = {}): FlowSummary => ({
    ...{
      id,
      kind: 'refresh',
      about: aboutNothing,
      serviceId: 'acme',
      connectionId: 'c1',
      startedAt,
      endedAt: startedAt,
    },
    ...{ outcome: 'succeeded', eventCount: 1 },
    ...change,
  })
  const failed = summary('f', 100, { outcome: 'failed' })

  it('is the last good one of its kind before it, of the same connection first', () => {
    const flows = [failed, summary('old', 10), summary('last', 50), summary('other', 90, { connectionId: 'c2' })]
    expect(counterpartOf(failed, flows)?.id).toBe('last')
    expect(counterpartOf(failed, flows.slice(3))?.id).toBe('other')
  })

  it('is one after it where there is none before, and none of another kind or service', () => {
    expect(counterpartOf(failed, [failed, summary('later', 200)])?.id).toBe('later')
    const others = [summary('x', 1, { kind: 'connect' }), summary('y', 1, { serviceId: 'z' })]
    expect(counterpartOf(failed, [failed, ...others])).toBeNull()
  })
})
