// A comparison in a sentence.
import { eventTitle } from '../words.ts'
import type { Comparison, Difference } from './compare.ts'

/** The first difference that matters; `left` and `right` are what the two flows are called: “the one that worked”. */
export function comparisonSentence({ first }: Comparison, left: string, right: string): string {
  if (first === null) return 'They differ in nothing but what is new in every flow.'
  const { step, difference } = first
  const event = step.right ?? step.left
  if (event === null) return ''
  const title = eventTitle(event)
  if (difference === null) return `“${title}” is only in ${step.left === null ? right : left}.`
  return `The first difference that matters is in “${title}”: ${differenceWords(difference, left, right)}.`
}

/** What differs, as part of a sentence. */
export function differenceWords({ name, left, right }: Difference, leftName: string, rightName: string): string {
  if (right === null) return `${name} is missing in ${rightName}, and “${left}” in ${leftName}`
  if (left === null) return `${name} is “${right}” in ${rightName}, and missing in ${leftName}`
  return `${name} is “${right}” in ${rightName}, and “${left}” in ${leftName}`
}
