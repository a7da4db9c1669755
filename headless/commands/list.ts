// `grantdesk list`: every connection with its state and expiry.
import { noteCutOff } from '../cut-off-notes.ts'
import { noteDamaged } from '../damage-notes.ts'
import { noteEnds } from '../end-notes.ts'
import { plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { snapshotOf, withSession } from '../session.ts'
import { paint, printTable } from '../table.ts'
import { accountWords, connectionJson, damagedJson, expiryWords, stateWords } from '../words.ts'

const stateColumn = 3

export function listConnections(options: SecretOptions & { json?: boolean }): Promise<void> {
  return withSession(options, async ({ door }) => {
    const { connections, attempts, damaged } = await snapshotOf(door)
    noteCutOff(attempts)
    noteDamaged(damaged)
    const lost = damaged.filter(({ kind }) => kind === 'connection')
    const now = Date.now()
    await noteEnds(door, connections, now)
    if (options.json) {
      return printJson([...connections.map((connection) => connectionJson(connection, now)), ...lost.map(damagedJson)])
    }
    if (connections.length + lost.length === 0) return print('No connections yet. See “grantdesk connect --help”.')
    const rows = connections.map((connection) => [
      plainLine(connection.name),
      plainLine(connection.serviceName),
      plainLine(accountWords(connection)),
      stateWords(connection, now),
      expiryWords(connection, now),
    ])
    const lostRows = lost.map(({ name, serviceId }) => [
      plainLine(name),
      plainLine(serviceId ?? '–'),
      '–',
      'damaged',
      '–',
    ])
    printTable(['NAME', 'SERVICE', 'ACCOUNT', 'STATE', 'EXPIRES'], [...rows, ...lostRows], (cell, column) => {
      return column === stateColumn ? colourState(cell) : cell
    })
  })
}

function colourState(cell: string): string {
  if (cell.startsWith('active')) return paint(cell, 'green')
  if (/^(reconnect|replace|waiting|revocation not verified|still works)/.test(cell)) return paint(cell, 'yellow')
  return paint(cell, cell.match(/^(revoked|renews)/) ? 'grey' : 'red')
}
