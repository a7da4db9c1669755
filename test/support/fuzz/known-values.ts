// Ids and texts that mean something to the application being fuzzed now, so that a call reaches further than "there is no such
// connection". Follows the changes that the application sends.
import fc from 'fast-check'
import type { Change } from '../../../contract/change.ts'
import type { ProcedureName } from '../../../contract/procedures.ts'
import { hostileText } from './hostile-values.ts'

export interface KnownValues {
  connections: string[]
  clients: string[]
  services: string[]
  attempts: string[]
  flows: string[]
  deliveries: string[]
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

export function noKnownValues(): KnownValues {
  return {
    connections: [],
    clients: [],
    services: [],
    attempts: [],
    flows: [],
    deliveries: [],
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

/** Takes the values from a change. What is gone stays a while: a stale id is worth trying too. */
export function learn(known: KnownValues, change: Change): void {
  const add = (list: string[], id: string, most = 40) => {
    if (list.includes(id)) return
    list.push(id)
    if (list.length > most) list.shift()
  }
  if (change.kind === 'attempt') {
    const { attempt } = change
    add(known.attempts, attempt.id, 5)
    if ('authorizationUrl' in attempt) add(known.answers, answerTo(attempt), 5)
  }
  if (change.kind === 'flow') add(known.flows, change.flow.id)
  if (change.kind === 'webhook_delivery') add(known.deliveries, change.delivery.id)
  if (change.kind === 'connection') add(known.connections, change.connection.id)
  if (change.kind === 'client') add(known.clients, change.client.id)
  if (change.kind === 'services') known.services = change.services.map(({ id }) => id)
  if (change.kind !== 'snapshot') return
  const { snapshot } = change
  for (const { id } of snapshot.connections) add(known.connections, id)
  for (const { id } of snapshot.clients) add(known.clients, id)
  for (const { id } of snapshot.flows) add(known.flows, id)
  known.services = snapshot.services.map(({ id }) => id)
  known.vaultOpen = snapshot.vault.state === 'open'
  if (snapshot.vault.state === 'open') known.slots = snapshot.vault.slots.map(({ id }) => id)
}

/** What the browser would bring back. */
function answerTo({ authorizationUrl, redirectUri }: { authorizationUrl: string; redirectUri: string }): string {
  const state = new URL(authorizationUrl).searchParams.get('state') ?? ''
  return `${redirectUri}?${new URLSearchParams({ code: 'c0de', state })}`
}

/** One of the list as it is when the value is made. */
export function knownValue(list: () => string[]): fc.Arbitrary<string> {
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
function idsFor(procedure: ProcedureName, known: KnownValues): () => string[] {
  const [area = ''] = procedure.split('.')
  if (procedure === 'connect.start') return () => known.clients
  if (procedure === 'vault.removeSlot') return () => known.slots
  const lists: Record<string, () => string[]> = {
    clients: () => known.clients,
    services: () => known.services,
    connect: () => known.attempts,
    flows: () => known.flows,
    webhooks: () => known.deliveries,
  }
  return lists[area] ?? (() => known.connections)
}

/** Texts that mean something in this procedure's field of this name. */
export function wordsFor(procedure: ProcedureName, known: KnownValues) {
  const lists: Record<string, () => string[]> = {
    id: idsFor(procedure, known),
    connectionId: () => known.connections,
    reconnect: () => known.connections,
    connections: () => known.connections,
    serviceId: () => known.services,
    grantId: () => known.grants,
    baseUrl: () => known.baseUrls,
    passphrase: () => (procedure.startsWith('backup.') ? known.passphrases.slice(0, 1) : known.passphrases),
    present: () => known.passphrases,
  }
  const chosen: Record<string, fc.Arbitrary<string>> = {
    path: fc.oneof(paths, hostileText),
    testPath: fc.oneof(paths, hostileText),
    key,
    workspaceId: fc.constantFrom('w1', 'w2', 'w3'),
    url: fc.oneof(
      knownValue(() => known.baseUrls),
      hostileText,
    ),
    text: procedure.startsWith('backup.')
      ? knownValue(() => known.backups)
      : procedure === 'services.import'
        ? knownValue(() => known.descriptions)
        : fc.oneof(
            knownValue(() => known.answers),
            texts,
            hostileText,
          ),
    value: fc.oneof(fc.constantFrom('token-typed-by-hand-1', 'token-typed-by-hand-2'), hostileText),
    name: fc.oneof(fc.constantFrom('One', 'Two'), hostileText),
    headers: fc.oneof(fc.constantFrom('X-One', 'Authorization', 'authorization', 'Host', 'Cookie', 'v'), hostileText),
    body: hostileText,
    png: fc.oneof(fc.constant('iVBORw0KGgo='), hostileText),
  }
  return (field: string): fc.Arbitrary<string> | null => {
    const list = lists[field]
    return list
      ? fc.oneof({ weight: 8, arbitrary: knownValue(list) }, { weight: 1, arbitrary: hostileText })
      : (chosen[field] ?? null)
  }
}
