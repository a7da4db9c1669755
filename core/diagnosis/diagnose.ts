// What is wrong with a flow, or odd about it: what every rule says, the causes first.
import type { Diagnosis } from '../../contract/flow/diagnosis.ts'
import type { FlowEvent } from '../../contract/flow/event.ts'
import type { DiagnosisContext } from './rule/rule.ts'
import { rules } from './rules.ts'

const order: Record<Diagnosis['weight'], number> = { cause: 0, likely: 1, odd: 2 }

/**
 * All that the rules find, the surest first; empty while the flow runs, and where nothing is to be said. A flow that did not
 * fail has nothing but oddities, and where the cause is known, nobody has to be told what is likely.
 */
export function diagnose(events: FlowEvent[], context: DiagnosisContext): Diagnosis[] {
  if (context.flow.outcome === 'running') return []
  const found: Diagnosis[] = []
  for (const [rule, find] of Object.entries(rules)) {
    const finding = find(events, context)
    if (finding !== null) found.push({ rule, ...finding })
  }
  const isCauseKnown = found.some(({ weight }) => weight === 'cause')
  const said = found.filter(({ weight }) =>
    context.flow.outcome === 'succeeded' ? weight === 'odd' : weight !== 'likely' || !isCauseKnown,
  )
  return said.toSorted((one, other) => order[one.weight] - order[other.weight])
}
