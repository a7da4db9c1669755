// `grantdesk flows`: lists the flows of a connection, or of all. Secrets in them are pseudonyms, so the output may be shared.
import { isCutOff } from '../../contract/attempt.ts'
import type { FlowEvent } from '../../contract/flow/event.ts'
import type { KeptFlow } from '../../contract/flow/flow.ts'
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
} from '../../contract/flow/words.ts'
import { clockTime } from '../../contract/moment.ts'
import { unwrap } from '../command-error.ts'
import { noteCutOff } from '../cut-off-notes.ts'
import { connectionNamed } from '../find-connection.ts'
import { note, plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { snapshotOf, withSession } from '../session.ts'
import { paint } from '../table.ts'

interface FlowsOptions extends SecretOptions {
  json?: boolean
  putAway?: boolean
}

/** The number of flows shown if no connection is named. */
const mostOfAll = 20

export function listFlows(name: string | undefined, options: FlowsOptions): Promise<void> {
  return withSession(options, async ({ door }) => {
    const { attempts } = await snapshotOf(door)
    if (options.putAway)
      for (const { id } of attempts.filter(isCutOff)) unwrap(await door.call('connect.dismiss', { id }))
    else noteCutOff(attempts)
    const connectionId = name === undefined ? undefined : (await connectionNamed(door, name)).id
    const { flows, noLongerKept, unwritten } = unwrap(await door.call('flows.list', { connectionId }))
    const listed = connectionId === undefined ? flows.slice(0, mostOfAll) : flows
    const whole: KeptFlow[] = []
    for (const { id } of listed) {
      const answer = await door.call('flows.get', { id })
      // One that was deleted meanwhile is not an error.
      if (answer.ok || answer.failure.kind !== 'not_found') whole.push(unwrap(answer))
    }
    if (options.json) return printJson(whole)
    if (whole.length > 0) print(whole.map(describe).join('\n'))
    if (flows.length > listed.length) note(`The newest ${listed.length} of ${flows.length}.`)
    if (unwritten !== null) note(unwritten)
    if (noLongerKept > 0) note(noLongerKeptWords(noLongerKept))
    else if (whole.length === 0)
      print(name === undefined ? 'Nothing is recorded.' : 'Nothing is recorded for this connection.')
  })
}

function noLongerKeptWords(count: number): string {
  const what = count === 1 ? '1 older flow is' : `${count} older flows are`
  return `${what} no longer kept; “grantdesk vault keep” shows how many are.`
}

function describe(flow: KeptFlow): string {
  const { startedAt, endedAt, kind, outcome, events, failure, missing } = flow
  const took = endedAt === null ? 'under way' : `${((endedAt - startedAt) / 1000).toFixed(1)} s`
  const head = `${clockTime(startedAt)}  ${paint(kind, 'bold')}  ${outcome}  ${took}  ${plainLine(flowTitle(flow))}`
  const why = failure ? [`    ${plainLine(failure.message)}`] : []
  const lost = missing > 0 ? [`    ${missingWords(missing)}`] : []
  return [head, ...events.map(describeEvent), ...lost, ...why].join('\n')
}

function describeEvent(event: FlowEvent): string {
  const at = eventAddress(event)
  const address = at ? `  ${at.method} ${plainLine(at.url.split('?')[0] ?? '')}` : ''
  const status = eventStatus(event)
  const ms = eventDuration(event)
  const outcome = eventOutcome(event)
  // For a success, the title is enough.
  const note = outcome === 'failed' || outcome === 'noted' ? eventNote(event) : ''
  const parts = [status === null ? '' : `  ${status}`, ms === null ? '' : `  ${ms} ms`, note && `  ${plainLine(note)}`]
  return `  ${marks[outcome]} ${plainLine(eventTitle(event))}${address}${parts.join('')}`
}

const marks: Record<EventOutcome, string> = { succeeded: '✓', failed: '✗', running: '…', noted: '·' }
