// `grantdesk doctor`: asks each connection whether its token still works, and lists what needs the person. Ends with exit
// code 1 if something does, so that a job can tell.
import type { Door } from '../../contract/caller.ts'
import { checkHealth } from '../../contract/check-health.ts'
import type { ConnectionView } from '../../contract/connection.ts'
import { type Health, needsPerson } from '../../contract/health.ts'
import { clockTime } from '../../contract/moment.ts'
import { CommandError, unwrap } from '../command-error.ts'
import { connectionNamed } from '../find-connection.ts'
import { shortId } from '../flow-words.ts'
import { onInterruption } from '../interruption.ts'
import { junitReport } from '../junit-report.ts'
import { writeNamedFile } from '../named-file.ts'
import { note, plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { snapshotOf, withSession } from '../session.ts'
import { paint, printTable } from '../table.ts'

interface DoctorOptions extends SecretOptions {
  json?: boolean
  junit?: string
  force?: boolean
}

export function examine(name: string | undefined, options: DoctorOptions): Promise<void> {
  return withSession(options, async ({ door }) => {
    const connections = name === undefined ? (await snapshotOf(door)).connections : [await connectionNamed(door, name)]
    const { checked, isCancelled } = await checkAll(door, connections)
    if (options.junit !== undefined)
      await writeNamedFile(options.junit, junitReport(checked, Date.now()), options.force)
    if (options.json) printJson(checked)
    else if (connections.length === 0) print('No connections yet. See “grantdesk connect --help”.')
    else if (options.junit === undefined) printHealth(checked)
    if (isCancelled) throw new CommandError(`Stopped after ${checked.length} of ${connections.length} connections.`)
    const count = checked.filter(needsPerson).length
    if (count > 0) throw new CommandError(count === 1 ? 'One connection needs you.' : `${count} connections need you.`)
  })
}

/** In the order of `connections`; an interruption cancels what is being asked, and nothing else is begun. */
async function checkAll(door: Door, connections: ConnectionView[]) {
  const found = new Map<string, Health>()
  const names = new Map(connections.map(({ id, name }) => [id, name]))
  const checks = checkHealth(door, [...names.keys()], (id, answer) => {
    if (!answer.ok && (answer.failure.kind === 'cancelled' || answer.failure.kind === 'not_found')) return
    found.set(id, unwrap(answer))
    if (process.stderr.isTTY) note(`${found.size} of ${connections.length}: ${plainLine(names.get(id) ?? '')}`)
  })
  const forget = onInterruption(checks.stop)
  const isWhole = await checks.done.finally(forget)
  return { checked: connections.flatMap(({ id }) => found.get(id) ?? []), isCancelled: !isWhole }
}

const words: Record<Health['token'], string> = {
  works: 'works',
  refused: 'refused',
  unreachable: 'not reached',
  unasked: 'cannot be asked',
  revoked: 'revoked',
}

function printHealth(checked: Health[]): void {
  const rows = checked.map(({ name, serviceName, token, expiresAt, needs }) => [
    plainLine(name),
    plainLine(serviceName),
    words[token],
    expiresAt === null ? '–' : clockTime(expiresAt),
    needs.length === 0 ? 'nothing' : plainLine(needs[0]?.title ?? ''),
  ])
  printTable(['NAME', 'SERVICE', 'TOKEN', 'ENDS', 'NEEDS'], rows, (cell, column) =>
    column === 2 && cell.startsWith('refused') ? paint(cell, 'red') : cell,
  )
  for (const { name, needs, diagnoses, flowId } of checked) {
    if (needs.length === 0) continue
    print('')
    print(paint(plainLine(name), 'bold'))
    for (const { title, remedy } of needs) print(`  ${plainLine(`${title} ${remedy}`)}`)
    const [diagnosis] = diagnoses
    if (diagnosis) print(`  ${plainLine(`${diagnosis.title} ${diagnosis.remedy}`)}`)
    if (flowId !== null) print(`  grantdesk flow show ${shortId(flowId)}`)
  }
}
