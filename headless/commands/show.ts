// `grantdesk show`: everything about a connection except its tokens.

import { apiAnswerWords } from '../../contract/api-answer.ts'
import { type ConnectionView, missingScopes, renewalDeadline, type ScopeChange } from '../../contract/connection.ts'
import { damageElsewhere, recordsWords } from '../../contract/damage.ts'
import { introspectionWords } from '../../contract/introspection.ts'
import { clockTime } from '../../contract/moment.ts'
import { placementWords } from '../../contract/placement-words.ts'
import { renewalOf, renewalWords } from '../../contract/renewal.ts'
import { revocationRemedy } from '../../contract/revocation-words.ts'
import { unwrap } from '../command-error.ts'
import { connectionNamed } from '../find-connection.ts'
import { note, plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'
import { printTable } from '../table.ts'
import { damagedElsewhereWords } from '../token-words.ts'
import { accountWords, connectionJson, expiryWords, stateWords } from '../words.ts'

interface ShowOptions extends SecretOptions {
  json?: boolean
  scopes?: boolean
}

export function showConnection(name: string, options: ShowOptions): Promise<void> {
  return withSession(options, async ({ door }) => {
    const connection = await connectionNamed(door, name)
    const { damaged } = unwrap(await door.call('vault.damaged', {}))
    const elsewhere = recordsWords(damageElsewhere(damaged, connection))
    if (elsewhere !== '') note(damagedElsewhereWords(elsewhere))
    if (options.scopes) {
      const { changes } = unwrap(await door.call('connections.scopeChanges', { id: connection.id }))
      return options.json ? printJson(changes) : printScopeChanges(changes)
    }
    const now = Date.now()
    if (options.json) return printJson(detailJson(connection, now))
    const lines = describe(connection, now)
    const width = Math.max(...lines.map(([label]) => label.length))
    for (const [label, value] of lines) print(`${label.padEnd(width)}  ${plainLine(value)}`)
  })
}

/** The shape of `list --json` with further fields. */
function detailJson(connection: ConnectionView, now: number) {
  const { status, tokenType, obtainedAt, createdAt, lastUsedAt, scopes, clientId, clientName, grantName } = connection
  const { testPath, kept, apiRoot } = connection
  const { refreshTokenObtainedAt, refreshTokenExpiresAt, autoRefresh } = connection
  return {
    ...connectionJson(connection, now),
    scopes,
    status,
    client: clientId === null ? null : { id: clientId, name: clientName },
    grantName,
    testPath,
    kept,
    apiRoot,
    tokenType,
    obtainedAt,
    refreshTokenObtainedAt,
    refreshTokenExpiresAt,
    autoRefresh,
    renewsItself: renewalOf(connection, now) === 'ahead',
    createdAt,
    lastUsedAt,
  }
}

function describe(connection: ConnectionView, now: number): [label: string, value: string][] {
  const { status } = connection
  return [
    ['Name', connection.name],
    ['Id', connection.id],
    ['Service', `${connection.serviceName} at ${connection.baseUrl}`],
    ['Account', accountWords(connection)],
    ...workspaceLines(connection),
    ...answerLines(connection),
    ['Client', connection.clientName ?? (connection.damage === 'client' ? 'damaged' : 'none')],
    ['Grant', connection.grantName],
    ...Object.entries(connection.kept),
    ...(connection.apiRoot === connection.baseUrl ? [] : [['API', connection.apiRoot] as [string, string]]),
    ...(connection.actsAs ? [['Acts as', connection.actsAs] as [string, string]] : []),
    ['Sent as', placementWords(connection.bearer)],
    ['State', stateWords(connection, now)],
    ...statusLines(status),
    ...(connection.damage && status.kind === 'needs_attention' && status.failure.remedy
      ? [['Remedy', status.failure.remedy] as [string, string]]
      : []),
    ...(connection.waiting ? [['Waits for', connection.waiting.for] as [string, string]] : []),
    ['Expires', expiryWords(connection, now)],
    ...endLines(connection),
    ['Obtained', clockTime(connection.obtainedAt)],
    ['Refreshable', connection.refreshable ? 'yes' : 'no'],
    ...(connection.refreshable ? [['Renews itself', renewalWords(connection, now)] as [string, string]] : []),
    ...scopeLines(connection),
    ...introspectionLines(connection),
    ['Tags', connection.tags.join(', ') || 'none'],
  ]
}

/** What the account's line leaves out: the bot that acts there, a slug that differs from the name. */
function workspaceLines({ workspace }: ConnectionView): [label: string, value: string][] {
  if (workspace === null) return []
  const { name, slug, detail } = workspace
  const facts = [slug === name ? null : slug, detail].filter(Boolean).join(' · ')
  return [['Workspace', facts ? `${name} (${facts})` : name]]
}

/** The person's test path, and the API's last response to a check of the token. */
function answerLines({ testPath, apiAnswer }: ConnectionView): [label: string, value: string][] {
  const words = apiAnswer ? apiAnswerWords(apiAnswer) : null
  return [
    ...(testPath === null ? [] : [['Test path', testPath] as [string, string]]),
    ...(apiAnswer === null || words === null
      ? []
      : [['Answered', `${clockTime(apiAnswer.at)}: ${words}`] as [string, string]]),
  ]
}

const scopeWords = (scopes: string[] | null, unknown: string) =>
  scopes === null ? unknown : scopes.join(' ') || 'none'

/** Side by side, as the window shows them. */
function scopeLines({ scopes, grantType }: ConnectionView): [label: string, value: string][] {
  const silent =
    grantType === 'static_token' ? 'chosen where the token was made' : 'not named by the service: unconfirmed'
  const missing = missingScopes(scopes)
  return [
    ['Requested', scopeWords(scopes.requested, '')],
    ['Granted', scopeWords(scopes.granted, silent)],
    ['Reported', scopeWords(scopes.reported, 'the API does not say')],
    ...(missing.length > 0 ? [['Missing', missing.join(' ')] as [string, string]] : []),
  ]
}

const causeWords = { connect: 'connected', refresh: 'refreshed', identify: 'the API was asked' } as const

/** Newest first. */
function printScopeChanges(changes: ScopeChange[]): void {
  const rows = changes.map(({ at, cause, requested, granted, reported }) => [
    clockTime(at),
    causeWords[cause],
    ...[requested, granted, reported].map((scopes) => plainLine(scopeWords(scopes, '–'))),
  ])
  printTable(['WHEN', 'BY', 'REQUESTED', 'GRANTED', 'REPORTED'], rows, (cell) => cell)
}

/** The expiry that only the person can postpone. */
function endLines(connection: ConnectionView): [label: string, value: string][] {
  const end = renewalDeadline(connection)
  return end && connection.refreshable ? [['Reconnect before', clockTime(end.at)]] : []
}

/** What the authorization server said of the token. */
function introspectionLines({ introspection }: ConnectionView): Line[] {
  return introspection
    ? [['Introspection', `${clockTime(introspection.at)}: ${introspectionWords(introspection)}`]]
    : []
}

type Line = [label: string, value: string]

function statusLines(status: ConnectionView['status']): Line[] {
  if (status.kind === 'needs_attention') return [['Why', status.failure.message]]
  if (status.kind === 'revoked') return [['Revoked', status.revocation.words]]
  if (status.kind !== 'revocation_accepted') return []
  const { revocation } = status
  return [
    ['Revocation', `${clockTime(revocation.at)}: ${revocation.words}`],
    ...(revocation.checkedAt === undefined ? [] : [['Checked again', clockTime(revocation.checkedAt)] as Line]),
    ['Remedy', [revocationRemedy(revocation), revocation.page].filter(Boolean).join(' ')],
  ]
}
