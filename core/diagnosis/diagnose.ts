// What is wrong with a flow, or odd about it: what every rule says, the causes first.
import type { Diagnosis } from '../../contract/flow/diagnosis.ts'
import type { FlowEvent } from '../../contract/flow/event.ts'
import type { DiagnosisContext } from './rule/rule.ts'
import { rules } from './rules.ts'

const order: Record<Diagnosis['weight'], number> = { cause: 0, likely: 1, odd: 2 }

/**
 * All that the rules find, the surest first; empty while the flow runs, and where nothing is to be said. A flow that did not
 * fail has nothing but oddities.
 */
export function diagnose(events: FlowEvent[], context: DiagnosisContext): Diagnosis[] {
  if (context.flow.outcome === 'running') return []
  const found: Diagnosis[] = []
  for (const [rule, find] of Object.entries(rules)) {
    const finding = find(events, context)
    if (finding !== null) found.push({ rule, ...finding })
  }
  const said = context.flow.outcome === 'succeeded' ? found.filter(({ weight }) => weight === 'odd') : found
  return said.toSorted((one, other) => order[one.weight] - order[other.weight])
}
