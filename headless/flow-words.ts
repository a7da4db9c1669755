// A flow as the command line shows it: event by event, a line each.
import type { Diagnosis } from '../contract/flow/diagnosis.ts'
import type { FlowEvent } from '../contract/flow/event.ts'
import type { KeptFlow } from '../contract/flow/flow.ts'
import {
  type EventOutcome,
  eventAddress,
  eventDuration,
  eventNote,
  eventOutcome,
  eventStatus,
  eventTitle,
  flowTitle,
  missingWords,
} from '../contract/flow/words.ts'
import { clockTime } from '../contract/moment.ts'
import { plainLine } from './output.ts'
import { paint } from './table.ts'

/** Its head, then a line for each event. */
export function describeFlow(flow: KeptFlow): string {
  const { id, startedAt, endedAt, kind, outcome, events, failure, missing } = flow
  const took = endedAt === null ? 'under way' : `${((endedAt - startedAt) / 1000).toFixed(1)} s`
  const head = `${clockTime(startedAt)}  ${paint(kind, 'bold')}  ${outcome}  ${took}  ${plainLine(flowTitle(flow))}  ${shortId(id)}`
  const why = failure ? [`    ${plainLine(failure.message)}`] : []
  const lost = missing > 0 ? [`    ${missingWords(missing)}`] : []
  return [head, ...events.map(describeEvent), ...lost, ...why].join('\n')
}

function describeEvent(event: FlowEvent): string {
  const at = eventAddress(event)
  const address = at ? `  ${plainLine(at.method)} ${plainLine(at.url.split('?')[0] ?? '')}` : ''
  const status = eventStatus(event)
  const ms = eventDuration(event)
  const outcome = eventOutcome(event)
  // For a success, the title is enough.
  const note = outcome === 'failed' || outcome === 'noted' ? eventNote(event) : ''
  const parts = [status === null ? '' : `  ${status}`, ms === null ? '' : `  ${ms} ms`, note && `  ${plainLine(note)}`]
  return `  ${marks[outcome]} ${plainLine(eventTitle(event))}${address}${parts.join('')}`
}

const marks: Record<EventOutcome, string> = { succeeded: '✓', failed: '✗', running: '…', noted: '·' }

/** As much of an id as tells it from others; commands take it in the place of the whole. */
export function shortId(id: string): string {
  const beginning = /^imported-/.exec(id)?.[0] ?? ''
  return plainLine(id.slice(0, beginning.length + 8))
}

/** What a rule found: the cause, the bytes that show it, and the remedy. */
export function describeDiagnosis({ weight, title, explanation, evidence, remedy }: Diagnosis): string {
  const head =
    `  ${weight === 'odd' ? '·' : '✗'} ${paint(plainLine(title), 'bold')} ${plainLine(explanation)}`.trimEnd()
  const shown = evidence.map(({ name, value }) => `      ${plainLine(name)}  ${plainLine(value)}`)
  return ['', head, ...shown, `    ${plainLine(remedy)}`].join('\n')
}
