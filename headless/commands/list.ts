// `grantdesk list`: every connection, how it stands and until when.
import { noteCutOff } from '../cut-off-notes.ts'
import { noteEnds } from '../end-notes.ts'
import { plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { snapshotOf, withSession } from '../session.ts'
import { paint, printTable } from '../table.ts'
import { accountWords, connectionJson, expiryWords, stateWords } from '../words.ts'

const stateColumn = 3

export function listConnections(options: SecretOptions & { json?: boolean }): Promise<void> {
  return withSession(options, async ({ door }) => {
    const { connections, attempts } = await snapshotOf(door)
    noteCutOff(attempts)
    const now = Date.now()
    await noteEnds(door, connections, now)
    if (options.json) return printJson(connections.map((connection) => connectionJson(connection, now)))
    if (connections.length === 0) return print('No connections yet. See “grantdesk connect --help”.')
    const rows = connections.map((connection) => [
      plainLine(connection.name),
      plainLine(connection.serviceName),
      plainLine(accountWords(connection)),
      stateWords(connection, now),
      expiryWords(connection, now),
    ])
    printTable(['NAME', 'SERVICE', 'ACCOUNT', 'STATE', 'EXPIRES'], rows, (cell, column) => {
      return column === stateColumn ? colourState(cell) : cell
    })
  })
}

function colourState(cell: string): string {
  if (cell.startsWith('active')) return paint(cell, 'green')
  if (/^(expires|reconnect|waiting)/.test(cell)) return paint(cell, 'yellow')
  return paint(cell, cell.startsWith('revoked') ? 'grey' : 'red')
}
