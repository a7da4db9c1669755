// What the token endpoint answered last, as far as it answered.
import type { EventOf, FlowEvent } from '../../../contract/flow/event.ts'
import type { RecordedResponse } from '../../../contract/flow/exchange.ts'
import { parseJson } from '../../json-path.ts'
import { lastTokenExchange } from './facts.ts'

export interface TokenEndpointAnswer {
  event: EventOf<'exchange'>
  response: RecordedResponse
  status: number
}

/** `undefined` where no answer came, or one that could not be used at all. */
export function tokenEndpointAnswer(events: FlowEvent[]): TokenEndpointAnswer | undefined {
  const event = lastTokenExchange(events)
  if (!event?.response || event.failure !== null || event.finding !== null) return undefined
  return { event, response: event.response, status: event.response.status }
}

/** Whether an answer has no body, as far as was recorded. */
export function isEmpty({ body, size }: RecordedResponse): boolean {
  return (body ?? '').trim() === '' && (size ?? 0) === 0
}

/** What was answered: parsed JSON, or the members of a form; `undefined` for anything else. */
export function answerIn(response: RecordedResponse): unknown {
  const parsed = parseJson(response.body ?? '')
  return parsed === undefined && isForm(response)
    ? Object.fromEntries(new URLSearchParams(response.body ?? ''))
    : parsed
}

/** Whether the body is a form; a pseudonym in it holds a colon and angle brackets. */
export function isForm({ body }: RecordedResponse): boolean {
  return /^[\w.-]+=[^{}\s]*$/.test((body ?? '').trim())
}
