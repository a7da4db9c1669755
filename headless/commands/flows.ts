// `grantdesk flows`: what happened with a connection. The steps hold pseudonyms where secrets were, so they may be shared.
import type { FlowSummary } from '../../contract/flow.ts'
import { unwrap } from '../complaint.ts'
import { connectionNamed } from '../find-connection.ts'
import { plainLine, print, printJson, printTable } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'
import { clockTime } from '../words.ts'

export function listFlows(name: string, options: SecretOptions & { json?: boolean }): Promise<void> {
  return withSession(options, async ({ door }) => {
    const { id } = await connectionNamed(door, name)
    const { flows } = unwrap(await door.call('flows.list', { connectionId: id }))
    if (options.json) {
      const whole = []
      for (const flow of flows) whole.push(unwrap(await door.call('flows.get', { id: flow.id })))
      return printJson(whole)
    }
    if (flows.length === 0) return print('Nothing is recorded for this connection.')
    printTable(['WHEN', 'WHAT', 'OUTCOME', 'STEPS', 'TOOK', 'TITLE'], flows.map(row), (cell) => cell)
  })
}

function row({ startedAt, endedAt, kind, outcome, stepCount, title }: FlowSummary): string[] {
  const took = endedAt === null ? '–' : `${((endedAt - startedAt) / 1000).toFixed(1)} s`
  return [clockTime(startedAt), kind, outcome, String(stepCount), took, plainLine(title)]
}
