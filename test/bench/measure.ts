// What a measure is and how it is taken: ours and its reference in turns, in one run, so that whatever else the machine
// does falls on both. Owns the numbers that are judged; refuses to judge what could not be measured.

/** What must hold of a row. A `ratio` compares with the reference; `each` looks at our worst sample, the others at our median. */
export type Bound = { ratio: number } | { most: number } | { each: number } | { least: number } | { exactly: number }

export interface Row {
  label: string
  unit: 'ms' | 'kB' | 'MB' | 'per second' | ''
  ours: number[]
  /** What ours is compared with, sample by sample. */
  reference?: { label: string; samples: number[] }
  bound: Bound
  /** A limit that was found and is explained in docs/performance.md: said, and not counted as missed. */
  accepted?: number
}

/** `why` names what is missing on this machine. */
export interface Skipped {
  skipped: string
}

export interface Measure {
  name: string
  /** One line for the list of measures. */
  about: string
  take(): Promise<Row[] | Skipped>
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Takes ours and the reference in turns, after `warmUp` rounds that do not count. */
export async function inTurns(
  rounds: number,
  ours: () => number | Promise<number>,
  reference: () => number | Promise<number>,
  warmUp = 1,
): Promise<{ ours: number[]; reference: number[] }> {
  const samples = { ours: [] as number[], reference: [] as number[] }
  for (let round = -warmUp; round < rounds; round++) {
    const pair = [await ours(), await reference()] as const
    if (round < 0) continue
    samples.ours.push(pair[0])
    samples.reference.push(pair[1])
  }
  return samples
}

export function median(samples: number[]): number {
  const sorted = samples.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

/** What is judged: the median of the pairs' ratios, which a machine that slows down meanwhile changes least, or our own samples. */
export function judged({ ours, reference, bound }: Row): number {
  if ('each' in bound) return Math.max(...ours)
  if (!('ratio' in bound)) return median(ours)
  if (!reference || reference.samples.length !== ours.length) throw new Error('A ratio needs a reference in pairs.')
  return median(ours.map((sample, at) => sample / (reference.samples[at] ?? Number.NaN)))
}

export type Verdict = 'held' | 'accepted' | 'missed'

/** Missed, too, where nothing was measured. */
export function verdictOf(row: Row): Verdict {
  const value = judged(row)
  const { bound, accepted } = row
  if ('exactly' in bound) return value === bound.exactly ? 'held' : 'missed'
  if ('least' in bound) {
    if (value >= bound.least) return 'held'
    return accepted !== undefined && value >= accepted ? 'accepted' : 'missed'
  }
  const limit = 'ratio' in bound ? bound.ratio : 'each' in bound ? bound.each : bound.most
  if (value <= limit) return 'held'
  return accepted !== undefined && value <= accepted ? 'accepted' : 'missed'
}
