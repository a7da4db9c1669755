// The next start after a kill, and what it finds: does the vault open, is each connection usable or marked with the truth,
// is every token that had reached the disk still there, and is nothing left lying about.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ConnectionView } from '../../contract/connection.ts'
import { flowTitle } from '../../contract/flow/words.ts'
import { parseDocument, type VaultDocument } from '../../core/vault/document.ts'
import { backupOf, type KilledHost, openHost, Refused, vaultOf } from './killed-host.ts'
import { backupPassphrase, firstPassphrase, type KillRun, secondPassphrase, type Verdict } from './messages.ts'
import { real } from './points.ts'

class Found extends Error {
  readonly verdict: Verdict

  constructor(kind: Verdict['kind'], words: string) {
    super(words)
    this.verdict = { kind, words }
  }
}

/** Starts on what a killed host left. Never throws: what goes wrong is a verdict. */
export async function check({ run: one, diedAt }: { run: KillRun; diedAt: string }, baseUrl: string): Promise<Verdict> {
  const host = openHost(one)
  try {
    const tokens = tokensOnDisk(one)
    await host.app.start()
    await open(host, one)
    stillThere(tokens, tokensOnDisk(one))
    await flowTellsRequest(host, diedAt)
    const verdict = await judge(host, one, baseUrl)
    await host.app.close()
    copyFollows(one)
    noLeftoverFiles(one)
    return verdict
  } catch (error) {
    if (error instanceof Found) return error.verdict
    return { kind: 'lost', words: error instanceof Error ? `${error.stack}` : String(error) }
  }
}

function documentOnDisk(one: KillRun): VaultDocument {
  const parsed = parseDocument(JSON.parse(readFileSync(`${vaultOf(one)}/vault.json`, 'utf8')))
  if ('why' in parsed) throw new Found('lost', parsed.why)
  return parsed.document
}

function tokensOnDisk(one: KillRun): Map<string, string> {
  const { records } = documentOnDisk(one)
  return new Map([...records.entries()].filter(([name]) => /^(?:tokens|client_secret|connection):/.test(name)))
}

function stillThere(before: Map<string, string>, after: Map<string, string>): void {
  for (const [name, sealed] of before) {
    if (!after.has(name)) throw new Found('lost', `${name} was on disk and is not after the start`)
    if (name.startsWith('tokens:') && after.get(name) !== sealed)
      throw new Found('lost', `${name} was replaced by the start`)
  }
}

async function open(host: KilledHost, { operation }: KillRun): Promise<void> {
  const { vault } = await host.call('app.snapshot', {})
  if (vault.state !== 'open') {
    if (operation !== 'remove keychain') throw new Found('lost', `the vault is ${JSON.stringify(vault)}`)
    await host.call('vault.unlock', { passphrase: firstPassphrase })
  }
  if (operation === 'passphrase') await opensWithOne(host)
}

/** A changed passphrase is the old one or the new one, and the vault opens with it. */
async function opensWithOne(host: KilledHost): Promise<void> {
  await host.call('vault.lock', {})
  for (const passphrase of [secondPassphrase, firstPassphrase]) {
    const opened = await host.call('vault.unlock', { passphrase }).catch(() => null)
    if (opened?.state === 'open') return
  }
  throw new Found('lost', 'neither passphrase opens the vault')
}

async function judge(host: KilledHost, one: KillRun, baseUrl: string): Promise<Verdict> {
  const { connections, flows } = await host.call('app.snapshot', {})
  const running = flows.find(({ outcome }) => outcome === 'running')
  if (running) throw new Found('untrue', `the flow “${flowTitle(running)}” still says that it runs`)
  if (connections.length === 0 && one.operation !== 'restore') throw new Found('lost', 'the connection is gone')
  await trailIsWhole(host)
  await flowsAreWhole(host)
  if (one.operation === 'backup') await backupIsWhole(host, one)
  if (one.operation === 'restore') await restorable(host, one)
  let worst: Verdict = { kind: 'usable', words: '' }
  for (const connection of connections) {
    const verdict = await judgeOne(host, connection, one, baseUrl)
    if (verdict.kind !== 'usable') worst = verdict
  }
  return worst
}

async function judgeOne(host: KilledHost, view: ConnectionView, one: KillRun, baseUrl: string): Promise<Verdict> {
  const { id, status } = view
  const { value: accessToken } = await host.call('connections.reveal', { id, what: 'access_token' })
  const { value: refreshToken } = await host.call('connections.reveal', { id, what: 'refresh_token' })
  const alive = async (token: string) => {
    const answer = await host.network(`${baseUrl}/alive`, { method: 'POST', body: new URLSearchParams({ token }) })
    return ((await answer.json()) as { alive: boolean }).alive
  }
  if (status.kind === 'revoked') {
    if (await alive(accessToken)) throw new Found('untrue', '“revoked”, and the access token works')
    return { kind: 'revoked', words: status.revocation.words }
  }
  if (status.kind === 'revocation_accepted') {
    if (await alive(refreshToken)) throw new Found('untrue', '“revocation accepted”, and the refresh token works')
    return { kind: 'revoked', words: status.revocation.words }
  }
  const accepted = await alive(accessToken)
  const refreshed = await host.call('connections.refresh', { id }).catch((error: unknown) => {
    if (error instanceof Refused) return error.failure
    throw error
  })
  const works = !('kind' in refreshed)
  if (status.kind === 'good') {
    // Before the new client secret is stored, the server takes the old one no more, and nobody can know that yet.
    if (works || (accepted && one.operation === 'client secret')) return { kind: 'usable', words: '' }
    throw new Found(
      'untrue',
      `said to be good, and the server says: ${'message' in refreshed ? refreshed.message : ''}`,
    )
  }
  const { message } = status.failure
  if (!reasons[one.operation]?.test(message)) throw new Found('untrue', `needs attention for no reason: ${message}`)
  if (!works && (await alive(refreshToken)) && one.operation !== 'client secret') {
    throw new Found('untrue', `refused although the refresh token lives: ${refreshed.message}`)
  }
  return { kind: 'needs attention', words: works ? 'and a refresh mends it' : message }
}

const refreshCut = /stopped while a refresh was under way/

/** Why a connection may need attention after a kill in the middle of an operation; after the others it must not. */
const reasons: Partial<Record<KillRun['operation'], RegExp>> = {
  refresh: refreshCut,
  rotate: refreshCut,
  revoke: /stopped while a revocation was under way/,
  // Checked with the new secret: a refresh again.
  'client secret': refreshCut,
}

/** What was told before the operation is still told: the line that a kill cut off is the only one that may be missing. */
async function trailIsWhole(host: KilledHost): Promise<void> {
  const { entries } = await host.call('history.list', {})
  for (const operation of ['client_secret', 'backup', 'unlock_settings'] as const) {
    if (!entries.some((entry) => entry.operation === operation))
      throw new Found('lost', `the history tells of no “${operation}” any more`)
  }
}

/** Every flow can be read to its last whole event, and the one that connected at first is still there. */
async function flowsAreWhole(host: KilledHost): Promise<void> {
  const { flows } = await host.call('flows.list', {})
  if (!flows.some(({ kind, outcome }) => kind === 'connect' && outcome === 'succeeded')) {
    throw new Found('lost', 'the flow that connected is not there any more')
  }
  for (const { id, kind } of flows) {
    const { missing, outcome, failure } = await host.call('flows.get', { id })
    if (missing > 0) throw new Found('lost', `${missing} events of the flow “${kind}” are missing`)
    if (outcome === 'failed' && failure === null) throw new Found('untrue', `the flow “${kind}” says not why it failed`)
  }
}

/** A flow that was cut off around a request ends with that request. */
async function flowTellsRequest(host: KilledHost, diedAt: string): Promise<void> {
  const [, path] = /^(?:before the request to|after the answer of) (\/(?:token|revoke))$/.exec(diedAt) ?? []
  if (path === undefined) return
  const { flows } = await host.call('flows.list', {})
  const newest = flows[0] && (await host.call('flows.get', { id: flows[0].id }))
  const last = newest?.events.findLast((event) => event.kind === 'exchange')
  const isTold = last?.failure?.kind === 'host_ended' && new URL(last.request.url).pathname === path
  if (!isTold) throw new Found('untrue', `the flow “${newest?.kind}” does not end with the request to ${path}`)
}

/** A backup's file is there whole, or not at all. */
async function backupIsWhole(host: KilledHost, one: KillRun): Promise<void> {
  const file = `${backupOf(one)}.new`
  if (!real.existsSync(file)) return
  const text = real.readFileSync(file, 'utf8')
  const { entries } = await host.call('backup.inspect', { text, passphrase: secondPassphrase }).catch(() => {
    throw new Found('lost', 'the backup’s file is there and cannot be opened')
  })
  if (!entries.some(({ kind }) => kind === 'connection')) throw new Found('lost', 'the backup is empty')
}

/** All of what was restored or nothing; what is missing can be restored again. */
async function restorable(host: KilledHost, one: KillRun): Promise<void> {
  const text = real.readFileSync(backupOf(one), 'utf8')
  await host.call('backup.restore', { text, passphrase: backupPassphrase })
  const { connections } = await host.call('app.snapshot', {})
  if (connections.length !== 1) throw new Found('lost', `${connections.length} connections after restoring again`)
}

/** The last good copy must hold what the vault holds, whatever happened to the process that wrote both. */
function copyFollows(one: KillRun): void {
  const text = (name: string) => readFileSync(`${vaultOf(one)}/${name}`, 'utf8')
  if (text('vault.copy.json') !== text('vault.json')) throw new Found('lost', 'the last good copy is another vault')
}

/** Files half made by the killed process would lie there for ever, with what they hold. */
function noLeftoverFiles(one: KillRun): void {
  const known = new Set(['vault.json', 'vault.copy.json', 'logs'])
  const beside = readdirSync(vaultOf(one)).filter((name) => !known.has(name))
  const logs = join(vaultOf(one), 'logs')
  const within = real.existsSync(logs) ? readdirSync(logs, { recursive: true, encoding: 'utf8' }) : []
  const leftovers = [...beside, ...within.filter((name) => name.endsWith('.unfinished'))]
  if (leftovers.length > 0)
    throw new Found(
      'leftover files',
      `left in the folder: ${leftovers.map((name) => name.replace(/[0-9a-f-]{16,}/, '…')).join(', ')}`,
    )
}
