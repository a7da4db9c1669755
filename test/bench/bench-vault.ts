// Vaults of any size, made by the application itself: one connection is made at the door as a person makes it, then copied
// record by record into the vault that holds it. Flows come of questions to the API, one a connection in turn.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '../../contract/procedures.ts'
import { type App, createApp } from '../../core/app.ts'
import type { Keychain, Ports } from '../../core/ports.ts'
import type { RecordChange } from '../../core/records.ts'
import { Secret } from '../../core/secret.ts'
import { openVault, type Vault } from '../../core/vault/vault.ts'
import { makePorts } from '../../headless/ports.ts'
import { codeService } from '../support/code-service.ts'
import type { TokenServer } from './token-server.ts'

export const passphrase = 'correct horse battery staple'

export interface BenchVault {
  folder: string
  /** The connections’ ids; the first one's name is `one`, the others' `connection N`. */
  ids: string[]
  remove(): void
}

export interface VaultSize {
  /** None makes an empty vault. */
  connections: number
  flows?: number
  /** The vault's only way in; a passphrase where it is absent. */
  keychain?: Keychain
}

/** The ports of a headless host over `folder`, which renews nothing by itself. */
export function benchPorts(folder: string, keychain?: Keychain): Ports {
  const ports = makePorts('serve', folder)
  return { ...ports, keychain: keychain ?? null, renews: false, log: { write: () => undefined } }
}

/** The application in this process, open. */
export interface OpenApp {
  app: App
  call<Name extends ProcedureName>(name: Name, input: ProcedureInput<Name>): Promise<ProcedureOutput<Name>>
}

export async function openApp(ports: Ports): Promise<OpenApp> {
  const app = createApp(ports)
  await app.start()
  return {
    app,
    async call(name, input) {
      const answer = await app.call(name, input, 'command')
      if (!answer.ok) throw new Error(`${name}: ${answer.failure.message}`)
      return answer.value as never
    },
  }
}

/** Opens the vault in `folder` as a host does, without the application over it. */
export async function openBareVault(ports: Ports): Promise<Vault> {
  const vault = openVault(ports)
  const { state } = await vault.open()
  if (state === 'locked') await vault.unlock(new Secret(passphrase))
  return vault
}

async function connectOnce(ports: Ports, server: TokenServer): Promise<string> {
  const opened = Promise.withResolvers<string>()
  const { app, call } = await openApp({ ...ports, browser: { open: async (url) => opened.resolve(url) } })
  if (ports.keychain === null) await call('vault.create', { passphrase })
  const ended = Promise.withResolvers<string>()
  app.listen((change) => {
    if (change.kind !== 'attempt') return
    if (change.attempt.state === 'done') ended.resolve(change.attempt.connectionId)
    if (change.attempt.state === 'failed') ended.reject(new Error(JSON.stringify(change.attempt)))
  })
  await call('services.import', { text: codeService('bench', 'Bench', server.baseUrl) })
  const client = await call('clients.save', {
    ...{ serviceId: 'bench', baseUrl: server.baseUrl, clientId: 'bench', clientSecret: 'a client secret' },
    ...{ clientAuthentication: 'body', redirect: { mode: 'ephemeral' } },
  })
  await call('connect.start', { client: { id: client.id }, grantId: 'code', scopes: [], name: 'one' })
  const page = await fetch(await opened.promise, { redirect: 'manual' })
  await (await fetch(page.headers.get('location') ?? '')).text()
  const id = await ended.promise
  await app.close()
  return id
}

/** `count` further connections, which hold what the first one holds. */
async function copies(vault: Vault, id: string, count: number): Promise<RecordChange[]> {
  const connection = await vault.read('connection', id)
  const tokens = await vault.read('tokens', id)
  if (!connection || !tokens) throw new Error('The first connection is not there.')
  return Array.from({ length: count }, (_, at) => at + 2).flatMap((number): RecordChange[] => [
    { put: 'connection', id: `copy-${number}`, value: { ...connection, name: `connection ${number}` } },
    { put: 'tokens', id: `copy-${number}`, value: tokens },
  ])
}

/** Makes a vault of that size in a temporary folder. */
export async function makeVault(size: VaultSize, server: TokenServer): Promise<BenchVault> {
  const folder = mkdtempSync(join(tmpdir(), 'grantdesk-bench-'))
  const ports = benchPorts(folder, size.keychain)
  const remove = () => rmSync(folder, { recursive: true, force: true })
  if (size.connections === 0) {
    const { app, call } = await openApp(ports)
    if (ports.keychain === null) await call('vault.create', { passphrase })
    await app.close()
    return { folder, ids: [], remove }
  }
  const id = await connectOnce(ports, server)
  const vault = await openBareVault(ports)
  const changes = await copies(vault, id, size.connections - 1)
  if (changes.length > 0) await vault.write(changes)
  await vault.close()
  const ids = [id, ...changes.flatMap((change) => ('put' in change && change.put === 'connection' ? [change.id] : []))]
  if (size.flows) await makeFlows(ports, ids, size.flows)
  return { folder, ids, remove }
}

async function makeFlows(ports: Ports, ids: string[], count: number): Promise<void> {
  const { app, call } = await openApp(ports)
  if (ports.keychain === null) await call('vault.unlock', { passphrase })
  for (let made = 0; made < count; made++) {
    await call('connections.identify', { id: ids[made % ids.length] ?? '' })
  }
  await app.close()
}
