// `grantdesk flows`: what happened with a connection. The steps hold pseudonyms where secrets were, so they may be shared.

import type { Flow, Step } from '../../contract/flow.ts'
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

function describe({ startedAt, endedAt, kind, outcome, title, steps, failure }: Flow): string {
  const took = endedAt === null ? 'under way' : `${((endedAt - startedAt) / 1000).toFixed(1)} s`
  const head = `${clockTime(startedAt)}  ${paint(kind, 'bold')}  ${outcome}  ${took}  ${plainLine(title)}`
  const why = failure ? [`    ${plainLine(failure.message)}`] : []
  return [head, ...steps.map(describeStep), ...why].join('\n')
}

function describeStep({ title, request, response, ms, outcome }: Step): string {
  const address = request ? `  ${request.method} ${plainLine(request.url.split('?')[0] ?? '')}` : ''
  const status = response ? `  ${response.status}` : ''
  const time = ms === null ? '' : `  ${ms} ms`
  return `  ${marks[outcome]} ${plainLine(title)}${address}${status}${time}`
}

const marks: Record<Step['outcome'], string> = { succeeded: '✓', failed: '✗', running: '…', noted: '·' }
