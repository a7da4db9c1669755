// What a discovery found: the documents that were asked for, and what each answered.
import type { EventOf, FlowEvent } from '../../../contract/flow/event.ts'
import { isObject, parseJson } from '../../json-path.ts'
import { exchangesFor } from './facts.ts'
import type { DiagnosisContext } from './rule.ts'

export interface AskedDocument {
  event: EventOf<'exchange'>
  /** `null` if the answer is none. */
  metadata: Record<string, unknown> | null
}

/** Of a flow that is about discovery alone; empty for others. */
export function documentsIn(events: FlowEvent[], { flow }: Pick<DiagnosisContext, 'flow'>): AskedDocument[] {
  if (flow.kind !== 'discover') return []
  return exchangesFor(events, 'discovery')
    .filter(({ purpose }) => purpose.kind === 'discovery' && purpose.document !== 'challenge')
    .map((event) => {
      const parsed = event.response?.status === 200 ? parseJson(event.response.body ?? '') : undefined
      return { event, metadata: isObject(parsed) ? parsed : null }
    })
}
