// A step of a flow in one line of words: what the diagram shows, for those who do not see it.

import { elapsedText } from '../../contract/flow/elapsed.ts'
import type { FlowEvent } from '../../contract/flow/event.ts'
import { eventOutcomeWords } from '../../contract/flow/outcome-words.ts'
import { partyWords } from '../../contract/flow/party-words.ts'
import {
  eventAddress,
  eventDuration,
  eventOutcome,
  eventParties,
  eventStatus,
  eventTitle,
} from '../../contract/flow/words.ts'
import { shortUrl } from './words.ts'

/** `number` is the step's; checks and remarks have none. */
export function stepWords(event: FlowEvent, number: number | undefined): string {
  const { from, to } = eventParties(event)
  const address = eventAddress(event)
  const status = eventStatus(event)
  const ms = eventDuration(event)
  const words = [
    number === undefined ? '' : `Step ${number}`,
    eventTitle(event),
    address === null ? '' : `${address.method} ${shortUrl(address.url)}`,
    from === to ? '' : `${partyWords[from]} to ${partyWords[to]}`,
    status === null ? '' : `status ${status}`,
    ms === null ? '' : elapsedText(ms),
    eventOutcomeWords[eventOutcome(event)].toLowerCase(),
  ]
  return words.filter(Boolean).join(', ')
}
