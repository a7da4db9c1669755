// `grantdesk flows`: what happened with a connection, or with all. The events hold pseudonyms where secrets were, so they may
// be shared.
import type { FlowEvent } from '../../contract/flow/event.ts'
import type { Flow } from '../../contract/flow/flow.ts'
import {
  type EventOutcome,
  eventAddress,
  eventDuration,
  eventNote,
  eventOutcome,
  eventStatus,
  eventTitle,
  flowTitle,
} from '../../contract/flow/words.ts'
import { clockTime } from '../clock-time.ts'
import { unwrap } from '../complaint.ts'
import { connectionNamed } from '../find-connection.ts'
import { paint, plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'

export function listFlows(name: string, options: SecretOptions & { json?: boolean }): Promise<void> {
  return withSession(options, async ({ door }) => {
    const { id } = await connectionNamed(door, name)
    const { flows } = unwrap(await door.call('flows.list', { connectionId: id }))
    const whole: Flow[] = []
    for (const flow of flows) whole.push(unwrap(await door.call('flows.get', { id: flow.id })))
    if (options.json) return printJson(whole)
    if (whole.length === 0) return print('Nothing is recorded for this connection.')
    print(whole.map(describe).join('\n'))
  })
}

function describe(flow: Flow): string {
  const { startedAt, endedAt, kind, outcome, events, failure } = flow
  const took = endedAt === null ? 'under way' : `${((endedAt - startedAt) / 1000).toFixed(1)} s`
  const head = `${clockTime(startedAt)}  ${paint(kind, 'bold')}  ${outcome}  ${took}  ${plainLine(flowTitle(flow))}`
  const why = failure ? [`    ${plainLine(failure.message)}`] : []
  return [head, ...events.map(describeEvent), ...why].join('\n')
}

function describeEvent(event: FlowEvent): string {
  const at = eventAddress(event)
  const address = at ? `  ${at.method} ${plainLine(at.url.split('?')[0] ?? '')}` : ''
  const status = eventStatus(event)
  const ms = eventDuration(event)
  const outcome = eventOutcome(event)
  // Of what went as it should, the title says enough.
  const note = outcome === 'failed' || outcome === 'noted' ? eventNote(event) : ''
  const parts = [status === null ? '' : `  ${status}`, ms === null ? '' : `  ${ms} ms`, note && `  ${plainLine(note)}`]
  return `  ${marks[outcome]} ${plainLine(eventTitle(event))}${address}${parts.join('')}`
}

const marks: Record<EventOutcome, string> = { succeeded: '✓', failed: '✗', running: '…', noted: '·' }
