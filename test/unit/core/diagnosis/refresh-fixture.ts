// Refreshes of one connection, in this flow and in earlier ones. Refresh tokens are `A`, `B` … .
import type { FlowEvent } from '../../../../contract/flow/event.ts'
import { contextOf, earlierFlow, eventsOf, exchange, form, refusal } from './diagnosis-fixture.ts'
import { connectionWith } from './known-fixture.ts'

const shown = (token: string, label = 'refresh_token') => `<${label}:${token}>`

/** A refresh at `at` that brought another refresh token, or none. */
export function refreshed(at: number, sent: string, brought: string | null): Record<string, unknown> {
  const members = brought === null ? {} : { refresh_token: shown(brought) }
  return {
    ...exchange({
      purpose: { kind: 'refresh', with: 'refresh_token' },
      request: form({ grant_type: 'refresh_token', refresh_token: shown(sent) }),
      response: { body: JSON.stringify({ access_token: '<access_token:x>', ...members }) },
    }),
    at,
  }
}

/** The first tokens of a connection. */
export function obtained(at: number, brought: string): Record<string, unknown> {
  const body = JSON.stringify({ access_token: '<access_token:x>', refresh_token: shown(brought) })
  return { ...exchange({ response: { body } }), at }
}

export const rotated = { kind: 'check', which: 'refresh_token', found: 'rotated', result: 'passed', reason: 'rotated' }

/** A refresh whose answer never came. */
export function lost(at: number, sent: string, failure: Record<string, unknown> & { kind: string }) {
  return {
    ...exchange({
      purpose: { kind: 'refresh', with: 'refresh_token' },
      request: form({ grant_type: 'refresh_token', refresh_token: shown(sent) }),
      ...{ response: null, outcome: 'failed', failure },
    }),
    at,
  }
}

/** This flow: the refresh token is refused, at 10 000 ms. */
export function refused(token: string, answer = refusal('invalid_grant'), label = 'refresh_token'): FlowEvent[] {
  return eventsOf({
    ...exchange({
      purpose: { kind: 'refresh', with: 'refresh_token' },
      request: form({ grant_type: 'refresh_token', refresh_token: shown(token, label) }),
      ...{ response: answer, outcome: 'failed' },
    }),
    at: 10_000,
  })
}

/** What is known then: earlier flows with these events, one each, and the connection. */
export function after(events: Record<string, unknown>[], facts: Parameters<typeof connectionWith>[0] = {}) {
  return contextOf({
    flow: { kind: 'refresh', connectionId: 'c1' },
    connection: connectionWith(facts),
    earlier: events.map((one) => earlierFlow(eventsOf(one), { kind: 'refresh' })),
  })
}
