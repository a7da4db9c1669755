// The check of an ID token that failed first, and how much that matters.
import type { CheckName } from '../../../contract/flow/check.ts'
import type { Diagnosis } from '../../../contract/flow/diagnosis.ts'
import type { EventOf, FlowEvent } from '../../../contract/flow/event.ts'
import type { DiagnosisContext } from './rule.ts'

const names: readonly CheckName[] = [
  'id_token_issuer',
  'id_token_audience',
  'id_token_subject',
  'nonce',
  'id_token_expiry',
  'id_token_not_before',
  'id_token_signature',
]

/** `null` where this check passed, or another one failed before it. */
export function failedFirst(events: FlowEvent[], which: CheckName): EventOf<'check'> | null {
  const first = events.find(
    (event): event is EventOf<'check'> =>
      event.kind === 'check' && event.result === 'failed' && names.includes(event.which),
  )
  return first?.which === which ? first : null
}

/** After a refresh an ID token that does not fit is left out, and the flow goes on. */
export function weightIn({ flow }: Pick<DiagnosisContext, 'flow'>): Diagnosis['weight'] {
  return flow.outcome === 'succeeded' ? 'odd' : 'cause'
}
