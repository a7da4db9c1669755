// What lives in the application that is being fuzzed: ids and texts that mean something to it now, so that a call reaches
// further than "there is no such thing". Follows the application's own changes.
import fc from 'fast-check'
import type { Change } from '../../../contract/change.ts'
import type { ProcedureName } from '../../../contract/procedures.ts'
import { hostileText } from './hostile-values.ts'

export interface LiveThings {
  connections: string[]
  clients: string[]
  services: string[]
  attempts: string[]
  flows: string[]
  slots: string[]
  grants: string[]
  baseUrls: string[]
  /** Passphrases that open the vault or a backup. */
  passphrases: string[]
  backups: string[]
  descriptions: string[]
  /** Redirects that would answer an attempt that waits. */
  answers: string[]
  vaultOpen: boolean
}

export function nothingAlive(): LiveThings {
  return {
    connections: [],
    clients: [],
    services: [],
    attempts: [],
    flows: [],
    slots: [],
    grants: [],
    baseUrls: [],
    passphrases: [],
    backups: [],
    descriptions: [],
    answers: [],
    vaultOpen: false,
  }
}

/** Takes up a change that the application told. What is gone stays a while: a stale id is worth trying too. */
export function follow(live: LiveThings, change: Change): void {
  const add = (list: string[], id: string, most = 40) => {
    if (list.includes(id)) return
    list.push(id)
    if (list.length > most) list.shift()
  }
  if (change.kind === 'attempt') {
    const { attempt } = change
    add(live.attempts, attempt.id, 5)
    if ('authorizationUrl' in attempt) add(live.answers, answerTo(attempt), 5)
  }
  if (change.kind === 'flow') add(live.flows, change.flow.id)
  if (change.kind === 'connection') add(live.connections, change.connection.id)
  if (change.kind === 'client') add(live.clients, change.client.id)
  if (change.kind === 'services') live.services = change.services.map(({ id }) => id)
  if (change.kind !== 'snapshot') return
  const { snapshot } = change
  for (const { id } of snapshot.connections) add(live.connections, id)
  for (const { id } of snapshot.clients) add(live.clients, id)
  for (const { id } of snapshot.flows) add(live.flows, id)
  live.services = snapshot.services.map(({ id }) => id)
  live.vaultOpen = snapshot.vault.state === 'open'
  if (snapshot.vault.state === 'open') live.slots = snapshot.vault.slots.map(({ id }) => id)
}

/** What the browser would bring back. */
function answerTo({ authorizationUrl, redirectUri }: { authorizationUrl: string; redirectUri: string }): string {
  const state = new URL(authorizationUrl).searchParams.get('state') ?? ''
  return `${redirectUri}?${new URLSearchParams({ code: 'c0de', state })}`
}

/** One of the list as it is when the value is made. */
export function alive(list: () => string[]): fc.Arbitrary<string> {
  return fc.nat(9_999).map((at) => list()[at % Math.max(1, list().length)] ?? 'nobody')
}

const paths = fc.constantFrom(
  '/me',
  'me',
  '/me?x={slug}',
  '{base}/me',
  'https://fuzz.example/me',
  '/a/../../b',
  '/%2f%2fevil',
)
const texts = fc.constantFrom('code=c&state=s', 'c0de', 'http://127.0.0.1/callback?code=c&state=s')
const key = fc.constantFrom('k1', 'k2', '__proto__')

/** Which list an `id` is one of. */
function idsFor(procedure: ProcedureName, live: LiveThings): () => string[] {
  const [area = ''] = procedure.split('.')
  if (procedure === 'connect.start') return () => live.clients
  if (procedure === 'vault.removeSlot') return () => live.slots
  const lists: Record<string, () => string[]> = {
    clients: () => live.clients,
    services: () => live.services,
    connect: () => live.attempts,
    flows: () => live.flows,
  }
  return lists[area] ?? (() => live.connections)
}

/** Texts that mean something in this procedure's field of this name. */
export function wordsFor(procedure: ProcedureName, live: LiveThings) {
  const lists: Record<string, () => string[]> = {
    id: idsFor(procedure, live),
    connectionId: () => live.connections,
    reconnect: () => live.connections,
    connections: () => live.connections,
    serviceId: () => live.services,
    grantId: () => live.grants,
    baseUrl: () => live.baseUrls,
    passphrase: () => (procedure.startsWith('backup.') ? live.passphrases.slice(0, 1) : live.passphrases),
    present: () => live.passphrases,
  }
  const chosen: Record<string, fc.Arbitrary<string>> = {
    path: fc.oneof(paths, hostileText),
    testPath: fc.oneof(paths, hostileText),
    key,
    workspaceId: fc.constantFrom('w1', 'w2', 'w3'),
    url: fc.oneof(
      alive(() => live.baseUrls),
      hostileText,
    ),
    text: procedure.startsWith('backup.')
      ? alive(() => live.backups)
      : procedure === 'services.import'
        ? alive(() => live.descriptions)
        : fc.oneof(
            alive(() => live.answers),
            texts,
            hostileText,
          ),
    value: fc.oneof(fc.constantFrom('token-typed-by-hand-1', 'token-typed-by-hand-2'), hostileText),
    name: fc.oneof(fc.constantFrom('One', 'Two'), hostileText),
    headers: fc.oneof(fc.constantFrom('X-One', 'Authorization', 'authorization', 'Host', 'Cookie', 'v'), hostileText),
    body: hostileText,
  }
  return (field: string): fc.Arbitrary<string> | null => {
    const list = lists[field]
    return list
      ? fc.oneof({ weight: 8, arbitrary: alive(list) }, { weight: 1, arbitrary: hostileText })
      : (chosen[field] ?? null)
  }
}
