// How a flow and an event came out, as a person reads it.
import type { FlowSummary } from './flow.ts'
import type { EventOutcome } from './words.ts'

export const eventOutcomeWords: Record<EventOutcome, string> = {
  running: 'Under way',
  succeeded: 'Succeeded',
  failed: 'Failed',
  noted: 'Noted',
}

export const flowOutcomeWords: Record<FlowSummary['outcome'], string> = {
  running: 'Under way',
  succeeded: 'Succeeded',
  failed: 'Failed',
  cancelled: 'Cancelled',
}
