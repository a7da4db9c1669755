// A vault with something of everything in it, made once through the door and copied for each batch of fuzzed calls, so that
// what one batch removed is there for the next.

import fc from 'fast-check'
import { CompactEncrypt, compactDecrypt } from 'jose'
import type { Attempt } from '../../../contract/attempt.ts'
import type { Caller } from '../../../contract/connection.ts'
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '../../../contract/procedures.ts'
import { type App, createApp } from '../../../core/app.ts'
import type { Keychain, Ports, PracticeServices } from '../../../core/ports.ts'
import { Secret } from '../../../core/secret.ts'
import { type MemoryDisk, type MemoryPorts, memoryKeychain, memoryPorts } from '../memory-ports.ts'
import { descriptionTexts } from './door-calls.ts'
import { type FuzzService, fuzzBase, fuzzDescription, openFuzzService } from './fuzz-service.ts'
import { asJson, hostileValue } from './hostile-values.ts'
import { type KnownValues, learn, noKnownValues } from './known-values.ts'

export const fuzzPassphrase = 'a passphrase of the fuzzed app'

export interface FuzzedApp {
  service: FuzzService
  /** The vault's file as it was seeded. */
  seeded: string
  connections: string[]
  /** Opens a copy of the vault. */
  open(disk?: MemoryDisk, keychain?: Keychain): Promise<OpenFuzzedApp>
  /** Opens one in which something is not as it should be. */
  openIn(trouble: Trouble): Promise<OpenFuzzedApp>
}

export const troubles = [
  'no vault yet',
  'garbage for a vault',
  'a vault held by another',
  'a disk that is full now and then',
] as const
export type Trouble = (typeof troubles)[number]

export interface OpenFuzzedApp {
  app: App
  ports: MemoryPorts
  keychain: Keychain
  known: KnownValues
}

async function ask<Name extends ProcedureName>(
  app: App,
  name: Name,
  input: ProcedureInput<Name>,
  caller: Caller = 'window',
) {
  const answer = await app.call(name, input, caller)
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.failure)}`)
  return answer.value as ProcedureOutput<Name>
}

/** Starts an attempt that needs nobody and waits for its end. */
async function connect(app: App, input: ProcedureInput<'connect.start'>): Promise<string> {
  const ended = Promise.withResolvers<Attempt>()
  let id = ''
  const attempts = new Map<string, Attempt>()
  const look = () => {
    const attempt = attempts.get(id)
    if (attempt?.state === 'done' || attempt?.state === 'failed') ended.resolve(attempt)
  }
  const stop = app.listen((change) => {
    if (change.kind === 'attempt') attempts.set(change.attempt.id, change.attempt)
    look()
  })
  id = (await ask(app, 'connect.start', input)).id
  look()
  const attempt = await ended.promise
  stop()
  if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
  return attempt.connectionId
}

async function seed(app: App): Promise<string[]> {
  await ask(app, 'services.import', { text: JSON.stringify(fuzzDescription), replace: true })
  const client = {
    serviceId: 'fuzz-service',
    baseUrl: fuzzBase,
    clientId: 'client-one',
    clientSecret: 'the-secret-of-client-one',
    clientAuthentication: 'body' as const,
    redirect: { mode: 'ephemeral' as const },
  }
  const { id } = await ask(app, 'clients.save', client)
  await ask(app, 'clients.save', { ...client, clientId: 'client-two', redirect: { mode: 'out_of_band' } })
  const login = { username: 'ada', password: 'the password of ada' }
  const asked = { client: { id }, scopes: ['read'] }
  const place = { serviceId: 'fuzz-service', baseUrl: fuzzBase }
  const ids = [
    await connect(app, { ...asked, grantId: 'client' }),
    await connect(app, { ...asked, grantId: 'password', ...login }),
    await connect(app, { ...asked, grantId: 'client', name: 'constructor' }),
    await connect(app, { ...asked, grantId: 'password', ...login, name: '\u202eright to left' }),
    await connect(app, { place, grantId: 'key', scopes: [], token: { value: 'token-typed-by-hand-0' } }),
    await connect(app, {
      place: { serviceId: 'plane', baseUrl: fuzzBase },
      grantId: 'api_key',
      scopes: [],
      token: { value: 'token-typed-by-hand-3' },
    }),
  ]
  await ask(app, 'requests.send', { key: 'k', connectionId: ids[0] ?? '', method: 'GET', path: '/me' })
  return [...new Set(ids)]
}

/** The same content under few rounds, so that a backup is opened in no time, as it is and as somebody else wrote it. */
async function quickBackups(made: string): Promise<string[]> {
  const key = new TextEncoder().encode(fuzzPassphrase)
  const { plaintext } = await compactDecrypt(made, key, {
    keyManagementAlgorithms: ['PBES2-HS512+A256KW'],
    maxPBES2Count: 10_000_000,
  })
  const content = new TextDecoder().decode(plaintext)
  const reseal = (text: string, rounds: number) =>
    new CompactEncrypt(new TextEncoder().encode(text))
      .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM' })
      .setKeyManagementParameters({ p2c: rounds, p2s: new Uint8Array(16).fill(rounds) })
      .encrypt(key)
  const odd = fc.sample(hostileValue, { seed: content.length, numRuns: 12 })
  const records = (value: unknown) => content.replace(/"account":(\{[^}]*\}|null)/, () => `"account":${asJson(value)}`)
  const contents = [
    content,
    content.replace('"records":{', '"records":{"__proto__":{"polluted":true},'),
    content.replace('"version":1', '"version":2'),
    content.replaceAll('"connection":{', '"connection":{"__proto__":{"polluted":true},"constructor":null,'),
    '{}',
    'null',
    '[',
    ...odd.map(records),
  ]
  const sealed = await Promise.all(contents.map((text) => reseal(text, 1)))
  return [
    ...Array(20).fill(sealed[0]),
    ...sealed,
    made.slice(0, 200),
    `${made}.`,
    sealed[0]?.replace(/[A-Za-z]/g, 'A') ?? '',
    '....',
    '',
  ]
}

const practiceServices: PracticeServices = {
  services: [
    {
      id: 'plane',
      name: 'Plane',
      baseUrl: fuzzBase,
      quirksUrl: `${fuzzBase}/quirks`,
      setQuirks: () => undefined,
      clients: [{ name: 'Practice', clientId: 'p', clientSecret: 'practice-secret', clientAuthentication: 'body' }],
    },
  ],
  close: async () => undefined,
}

/** Fills the app; `seed` also chooses the descriptions and backups that calls will bring. */
export async function buildFuzzedApp(randomSeed: number): Promise<FuzzedApp> {
  const service = openFuzzService()
  const portsWith = (keychain: Keychain | null, disk?: MemoryDisk) =>
    memoryPorts({ fetch: service.fetch, keychain, practice: { start: async () => practiceServices } }, disk)
  const firstKeychain = memoryKeychain()
  const first = portsWith(firstKeychain)
  const app = createApp(first)
  await app.start()
  const connections = await seed(app)
  const backup = await ask(app, 'backup.make', { passphrase: fuzzPassphrase })
  await app.close()
  const seeded = first.disk.text ?? ''
  const seededDisk = (): MemoryDisk => ({ text: seeded, writes: 0, logs: new Map(first.disk.logs) })
  const { vaultId } = JSON.parse(seeded) as { vaultId: string }
  const key = await firstKeychain.open('', vaultId)
  const backups = await quickBackups(backup.text ?? '')
  const own = ['own-one', 'own-two', 'plane', 'own-one'].map((id) =>
    JSON.stringify({ ...fuzzDescription, id, name: id }),
  )
  const descriptions = [...Array(20).fill(own).flat(), ...descriptionTexts(randomSeed, 160)]

  async function started(ports: MemoryPorts, keychain: Keychain): Promise<OpenFuzzedApp> {
    const opened = createApp(ports)
    const known: KnownValues = {
      ...noKnownValues(),
      grants: fuzzDescription.grants.map(({ id }) => id),
      baseUrls: [fuzzBase, `${fuzzBase}/`, 'https://other.example', 'http://127.0.0.1:1'],
      passphrases: [fuzzPassphrase, 'another passphrase', 'short'],
      backups,
      descriptions,
    }
    await opened.start()
    opened.listen((change) => learn(known, change))
    return { app: opened, ports, keychain, known }
  }

  async function copiedKeychain(): Promise<Keychain> {
    const keychain = memoryKeychain()
    await keychain.seal(new Secret(key.reveal()), vaultId)
    return keychain
  }

  return {
    service,
    seeded,
    connections,
    async open(disk = seededDisk(), given) {
      const keychain = given ?? (await copiedKeychain())
      return started(portsWith(keychain, disk), keychain)
    },
    async openIn(trouble) {
      const keychain = await copiedKeychain()
      const text = { 'no vault yet': null, 'garbage for a vault': '{"records":{"__proto__":[]}}' }
      const isNew = trouble === 'no vault yet'
      const ports = portsWith(isNew ? null : keychain, { ...seededDisk(), ...pick(text, trouble) })
      return started({ ...ports, ...troubled(trouble, ports) }, keychain)
    },
  }
}

function pick(texts: Partial<Record<Trouble, string | null>>, trouble: Trouble): { text?: string | null } {
  return trouble in texts ? { text: texts[trouble] ?? null } : {}
}

/** The port that makes the trouble. */
function troubled(trouble: Trouble, { document }: MemoryPorts): Partial<Ports> {
  if (trouble === 'a vault held by another') {
    const holder = { host: 'desktop' as const, pid: 1, since: 0, machine: 'another' }
    return { ownership: { take: () => ({ taken: false, holder }), release: () => undefined } }
  }
  if (trouble !== 'a disk that is full now and then') return {}
  // Locking waits for tokens that came meanwhile and cannot be written: some writes have to go through.
  let writes = 0
  const write = (whole: object) => {
    writes += 1
    if (writes % 2 === 0) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
    document.write(whole)
  }
  return { document: { ...document, write } }
}
