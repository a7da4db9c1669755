// A row of the bench as a person reads it.
import { type Bound, judged, median, type Row, verdictOf } from './measure.ts'

const significant = (value: number) => Number(value.toPrecision(3)).toString()

function samplesText(label: string, samples: number[], unit: string): string {
  const least = significant(Math.min(...samples))
  return `${label}: minimum ${least}, median ${significant(median(samples))}${unit === '' ? '' : ` ${unit}`}`
}

function boundText(bound: Bound): string {
  if ('ratio' in bound) return `at most ${bound.ratio}`
  if ('most' in bound) return `at most ${bound.most}`
  if ('each' in bound) return `at most ${bound.each} each`
  if ('least' in bound) return `at least ${bound.least}`
  return `exactly ${bound.exactly}`
}

const signs = { held: 'ok    ', accepted: 'limit ', missed: 'MISSED' }

/** Two or three lines: the verdict with what was judged, and the samples it comes from. */
export function rowText(row: Row): string {
  const { label, unit, ours, reference, bound, accepted } = row
  const verdict = verdictOf(row)
  const value = 'ratio' in bound ? `ratio ${significant(judged(row))}` : `${significant(judged(row))} ${unit}`.trim()
  const limit = accepted === undefined ? '' : `; limit found: ${significant(accepted)}`
  const samples = [samplesText('ours', ours, unit)]
  if (reference) samples.push(samplesText(reference.label, reference.samples, unit))
  return `${signs[verdict]} ${label}: ${value} (${boundText(bound)}${limit})\n       ${samples.join('; ')}\n`
}
