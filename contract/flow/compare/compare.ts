// Two flows side by side: their steps aligned, what differs in each, and the first difference that matters.
import type { FlowEvent } from '../event.ts'
import { eventOutcome } from '../words.ts'
import { align, type Pair } from './align.ts'
import { type ComparableFact, comparableFacts } from './event-facts.ts'
import { isExpectedDifference } from './expected.ts'

export interface Difference {
  name: string
  /** `null` where it is not there. */
  left: string | null
  right: string | null
  /** Part of what was sent, rather than of what came of it. */
  sent: boolean
  /** It differs by its nature, as a state does. */
  expected: boolean
}

export interface ComparedStep extends Pair {
  differences: Difference[]
  /** Whether the step is in both and differs in nothing but what has to. */
  same: boolean
}

export interface Comparison {
  steps: ComparedStep[]
  /** `null` where nothing differs but what has to. `difference` is `null` for a step that only one of them has. */
  first: { step: ComparedStep; difference: Difference | null } | null
}

/** Compares the events of two flows of one kind, by convention the one that worked on the left. */
export function compareFlows(left: FlowEvent[], right: FlowEvent[]): Comparison {
  const steps = align(left, right).map(compared)
  const [step] = steps.filter(matters)
  const difference = step?.differences.find(({ expected }) => !expected) ?? null
  return { steps, first: step ? { step, difference } : null }
}

function compared({ left, right }: Pair): ComparedStep {
  if (left === null || right === null) return { left, right, differences: [], same: false }
  const differences = differencesOf(comparableFacts(left), comparableFacts(right))
  return { left, right, differences, same: differences.every(({ expected }) => expected) }
}

/** A step that only one has matters where something was sent or went wrong; a further check that passed does not. */
function matters({ left, right, same }: ComparedStep): boolean {
  if (same) return false
  const alone = left === null ? right : right === null ? left : null
  if (alone === null) return true
  return alone.kind !== 'check' && alone.kind !== 'wait' ? true : eventOutcome(alone) === 'failed'
}

function differencesOf(lefts: ComparableFact[], rights: ComparableFact[]): Difference[] {
  const others = new Map(rights.map((fact) => [fact.name, fact]))
  const known = new Set(lefts.map(({ name }) => name))
  const changed = lefts.flatMap(({ name, value, sent }): Difference[] => {
    const other = others.get(name)?.value ?? null
    if (other === value) return []
    const expected = other !== null && isExpectedDifference(name, value, other)
    return [{ name, left: value, right: other, sent, expected }]
  })
  const added = rights
    .filter(({ name }) => !known.has(name))
    .map(({ name, value, sent }): Difference => ({ name, left: null, right: value, sent, expected: false }))
  // What was sent comes before what came of it, wherever it was added.
  return [...changed, ...added].toSorted((one, other) => Number(other.sent) - Number(one.sent))
}
