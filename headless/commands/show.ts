// `grantdesk show`: all that is known about one connection, its tokens excepted.
import { type ConnectionView, missingScopes, personsEnd } from '../../contract/connection.ts'
import { connectionNamed } from '../find-connection.ts'
import { plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'
import { accountWords, clockTime, connectionJson, expiryWords, stateWords } from '../words.ts'

export function showConnection(name: string, options: SecretOptions & { json?: boolean }): Promise<void> {
  return withSession(options, async ({ door }) => {
    const connection = await connectionNamed(door, name)
    const now = Date.now()
    if (options.json) return printJson(detailJson(connection, now))
    const lines = describe(connection, now)
    const width = Math.max(...lines.map(([label]) => label.length))
    for (const [label, value] of lines) print(`${label.padEnd(width)}  ${plainLine(value)}`)
  })
}

/** `list --json`'s shape, and what a list has no room for. */
function detailJson(connection: ConnectionView, now: number) {
  const { standing, tokenType, obtainedAt, createdAt, lastUsedAt, scopes, clientId, clientName, grantName } = connection
  const { refreshTokenObtainedAt, refreshTokenExpiresAt } = connection
  return {
    ...connectionJson(connection, now),
    scopes,
    standing,
    client: clientId === null ? null : { id: clientId, name: clientName },
    grantName,
    tokenType,
    obtainedAt,
    refreshTokenObtainedAt,
    refreshTokenExpiresAt,
    createdAt,
    lastUsedAt,
  }
}

function describe(connection: ConnectionView, now: number): [label: string, value: string][] {
  const { scopes, standing } = connection
  const missing = missingScopes(scopes)
  const granted = scopes.granted ?? scopes.requested
  return [
    ['Name', connection.name],
    ['Id', connection.id],
    ['Service', `${connection.serviceName} at ${connection.baseUrl}`],
    ['Account', accountWords(connection)],
    ['Client', connection.clientName ?? 'none'],
    ['Grant', connection.grantName],
    ...(connection.actsAs ? [['Acts as', connection.actsAs] as [string, string]] : []),
    ['Sent as', `${connection.bearer.header}: ${connection.bearer.prefix}…`],
    ['State', stateWords(connection, now)],
    ...standingLines(standing),
    ...(connection.waiting ? [['Waits for', connection.waiting.for] as [string, string]] : []),
    ['Expires', expiryWords(connection, now)],
    ...endLines(connection),
    ['Obtained', clockTime(connection.obtainedAt)],
    ['Refreshable', connection.refreshable ? 'yes' : 'no'],
    ['Scopes', `${granted.join(' ') || 'none'}${scopes.granted === null ? ' (as requested, unconfirmed)' : ''}`],
    ...(missing.length > 0 ? [['Not granted', missing.join(' ')] as [string, string]] : []),
    ['Tags', connection.tags.join(', ') || 'none'],
  ]
}

/** The day that only the person can put off. */
function endLines(connection: ConnectionView): [label: string, value: string][] {
  const end = personsEnd(connection)
  return end && connection.refreshable ? [['Reconnect before', clockTime(end.at)]] : []
}

function standingLines(standing: ConnectionView['standing']): [label: string, value: string][] {
  if (standing.kind === 'needs_attention') return [['Why', standing.failure.message]]
  return standing.kind === 'revoked' ? [['Revoked', standing.revocation.words]] : []
}
