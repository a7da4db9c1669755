// `grantdesk flow compare`: two flows side by side, and the first difference that matters.

import type { Door } from '../../contract/caller.ts'
import { type ComparedStep, compareFlows, type Difference } from '../../contract/flow/compare/compare.ts'
import { counterpartOf } from '../../contract/flow/compare/counterpart.ts'
import { comparisonSentence } from '../../contract/flow/compare/words.ts'
import type { FlowSummary } from '../../contract/flow/flow.ts'
import { eventTitle, flowTitle } from '../../contract/flow/words.ts'
import { clockTime } from '../../contract/moment.ts'
import { CommandError, unwrap } from '../command-error.ts'
import { shortId } from '../flow-words.ts'
import { plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'
import { paint } from '../table.ts'
import { flowNamed } from './flow.ts'

interface CompareOptions extends SecretOptions {
  json?: boolean
  all?: boolean
}

/** Compares the flow `typed` with `other`, or with the last good one of its kind. */
export function compareNamedFlows(typed: string, other: string | undefined, options: CompareOptions): Promise<void> {
  return withSession(options, async ({ door }) => {
    const flow = await flowNamed(door, typed)
    const against = other === undefined ? await usualCounterpart(door, flow) : await flowNamed(door, other)
    const left = unwrap(await door.call('flows.get', { id: against.id }))
    const right = unwrap(await door.call('flows.get', { id: flow.id }))
    const comparison = compareFlows(left.events, right.events)
    const sentence = comparisonSentence(comparison, 'A', 'B')
    if (options.json) return printJson({ left: left.id, right: right.id, sentence, steps: comparison.steps })
    print(`A  ${headOf(left)}`)
    print(`B  ${headOf(right)}`)
    print('')
    print(paint(plainLine(sentence), 'bold'))
    for (const step of comparison.steps) {
      const shown = step.differences.filter(({ expected }) => options.all || !expected)
      if (options.all || !step.same) print(describeStep(step, shown))
    }
  })
}

async function usualCounterpart(door: Door, flow: FlowSummary): Promise<FlowSummary> {
  const { flows } = unwrap(await door.call('flows.list', {}))
  const found = counterpartOf(flow, flows)
  if (found === null)
    throw new CommandError(
      'No other flow of this kind has succeeded at this service.',
      'Name the flow to compare it with.',
    )
  return found
}

function headOf(flow: FlowSummary): string {
  return `${shortId(flow.id)}  ${clockTime(flow.startedAt)}  ${flow.outcome}  ${plainLine(flowTitle(flow))}`
}

function describeStep({ left, right, same }: ComparedStep, differences: Difference[]): string {
  const event = right ?? left
  const title = event === null ? '' : plainLine(eventTitle(event))
  if (left === null) return `  + ${title}  only in B`
  if (right === null) return `  - ${title}  only in A`
  const lines = differences.flatMap(({ name, left: a, right: b }) => [
    `      ${plainLine(name)}`,
    `        A  ${a === null ? '–' : plainLine(a)}`,
    `        B  ${b === null ? '–' : plainLine(b)}`,
  ])
  return [`  ${same ? '=' : '≠'} ${title}`, ...lines].join('\n')
}
