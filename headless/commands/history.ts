// `grantdesk history`: who did what, when, with one connection or with all. Entries hold no secret.

import type { Door } from '../../contract/caller.ts'
import type { Caller, HistoryEntry, HistoryOperation } from '../../contract/connection.ts'
import {
  callerWords,
  type HistoryFilter,
  type ListedEntry,
  operationWords,
  subjectWords,
} from '../../contract/history.ts'
import { clockTime } from '../../contract/moment.ts'
import { commandErrorOf, unwrap } from '../command-error.ts'
import { note, plain, plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'
import { paint, printTable } from '../table.ts'

interface HistoryOptions extends SecretOptions {
  search?: string
  operation?: HistoryOperation
  outcome?: HistoryEntry['outcome']
  caller?: Caller
  since?: number
  until?: number
  json?: boolean
  csv?: boolean
}

const outcomeColumn = 3
/** The number of lines shown; exports contain everything. */
const mostLines = 500

export function listHistory(name: string | undefined, options: HistoryOptions): Promise<void> {
  const { search, operation, outcome, caller, since, until } = options
  return withSession(options, async ({ door }) => {
    const connectionId = name === undefined ? undefined : await subjectNamed(door, name)
    const filter: HistoryFilter = { connectionId, search, operation, outcome, caller, since, until }
    const format = options.csv ? 'csv' : options.json ? 'json' : null
    if (format === null) return show(door, filter)
    const { text } = unwrap(await door.call('history.export', { ...filter, format }))
    if (format === 'json') printJson(JSON.parse(text ?? ''))
    else process.stdout.write(plain(text ?? ''))
  })
}

async function show(door: Door, filter: HistoryFilter): Promise<void> {
  const { entries, total } = unwrap(await door.call('history.list', { ...filter, limit: mostLines }))
  if (entries.length === 0) return print('Nothing of the kind has happened yet.')
  const rows = entries.map((entry) => [
    clockTime(entry.at),
    plainLine(subjectWords(entry)),
    operationWords[entry.operation],
    entry.outcome,
    callerWords[entry.caller],
    plainLine(entry.detail),
  ])
  printTable(['WHEN', 'CONNECTION', 'OPERATION', 'OUTCOME', 'WHERE', 'DETAIL'], rows, (cell, column) =>
    column === outcomeColumn && cell.startsWith('failed') ? paint(cell, 'red') : cell,
  )
  if (total > entries.length) note(`The newest ${entries.length} of ${total}; --json and --csv hold all.`)
}

/** A connection, or a removed one by its last name or its id. */
async function subjectNamed(door: Door, text: string): Promise<string> {
  const named = await door.call('connections.named', { name: text })
  if (named.ok) return named.value.id
  if (named.failure.kind !== 'not_found') throw commandErrorOf(named.failure)
  const { entries } = unwrap(await door.call('history.list', {}))
  const removed = entries.find((entry) => isRemoved(entry, text))?.connectionId
  if (!removed) throw commandErrorOf(named.failure)
  return removed
}

function isRemoved({ connectionId, connectionName }: ListedEntry, text: string): boolean {
  return connectionId === text || connectionName?.toLowerCase() === text.toLowerCase()
}
