// Which event of one flow is which of another: the longest common sequence of what the events are.
import type { FlowEvent } from '../event.ts'

export interface Pair {
  left: FlowEvent | null
  right: FlowEvent | null
}

/** Flows longer than this (events) are compared by their beginning. */
export const mostCompared = 400

/** Each event of both flows once, in order; those that are the same step stand together. */
export function align(left: FlowEvent[], right: FlowEvent[]): Pair[] {
  const lefts = left.slice(0, mostCompared).map((event) => ({ event, key: stepKey(event) }))
  const rights = right.slice(0, mostCompared).map((event) => ({ event, key: stepKey(event) }))
  const longest = commonLengths(lefts, rights)
  const pairs: Pair[] = []
  let i = 0
  let j = 0
  while (i < lefts.length || j < rights.length) {
    const one = lefts[i]
    const other = rights[j]
    if (one && other && one.key === other.key) {
      pairs.push({ left: one.event, right: other.event })
      i += 1
      j += 1
    } else if (one && (!other || lengthAt(longest, i + 1, j) >= lengthAt(longest, i, j + 1))) {
      pairs.push({ left: one.event, right: null })
      i += 1
    } else if (other) {
      pairs.push({ left: null, right: other.event })
      j += 1
    }
  }
  return pairs
}

type Keyed = { key: string }[]

/** At `[i][j]` the length of the longest common sequence from there on. */
function commonLengths(lefts: Keyed, rights: Keyed): number[][] {
  const lengths = Array.from({ length: lefts.length + 1 }, () => new Array<number>(rights.length + 1).fill(0))
  for (let i = lefts.length - 1; i >= 0; i -= 1)
    for (let j = rights.length - 1; j >= 0; j -= 1) {
      const row = lengths[i] as number[]
      const isSame = lefts[i]?.key === rights[j]?.key
      row[j] = isSame
        ? 1 + lengthAt(lengths, i + 1, j + 1)
        : Math.max(lengthAt(lengths, i + 1, j), lengthAt(lengths, i, j + 1))
    }
  return lengths
}

function lengthAt(lengths: number[][], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0
}

/** What makes two events the same step. */
function stepKey(event: FlowEvent): string {
  switch (event.kind) {
    case 'exchange':
      return `exchange ${Object.values(event.purpose).join(' ')}`
    case 'check':
      return `check ${event.which}`
    case 'wait':
      return `wait ${event.for}`
    case 'decision':
      return `decision ${event.decision.question}`
    case 'stray_request':
      return `stray ${event.reason}`
    case 'legacy_step':
      return `step ${event.title}`
    case 'authorization_request':
    case 'redirect':
    case 'token_handed_over':
    case 'revocation_not_offered':
    case 'second_try':
      return event.kind
  }
}
