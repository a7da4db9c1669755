// Canary, at the door: every procedure with seeded secrets, in success and in failure, against services that repeat all they
// know; then every byte that was answered, told, logged, written or sent is searched. Secrets stand only where the three
// explicit operations put them, and in their own field of a request to their own service.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Attempt } from '../../contract/attempt.ts'
import type { Caller } from '../../contract/connection.ts'
import type { Answer } from '../../contract/failure.ts'
import { type FlowFormat, flowFormats } from '../../contract/flow/flow-file.ts'
import { issueText } from '../../contract/flow/issue-text.ts'
import { lessonIds } from '../../contract/lessons.ts'
import { type ProcedureName, type ProcedureOutput, procedures } from '../../contract/procedures.ts'
import { usualSettings } from '../../contract/settings.ts'
import { type App, createApp } from '../../core/app.ts'
import type { Ports } from '../../core/ports.ts'
import type { Secret } from '../../core/secret.ts'
import { sentByOtherWays, sentByWeakClient, sentToBeRevoked, sentToItsOwn } from '../support/canary/allow-list.ts'
import { archiveWith } from '../support/canary/archive.ts'
import { type AllowedPlace, Capture } from '../support/canary/capture.ts'
import { SeededSecrets } from '../support/canary/seeded-secrets.ts'
import { type CanaryService, grantIds, startCanaryService } from '../support/canary/service.ts'
import { until } from '../support/child.ts'
import { type MemoryPorts, memoryKeychain, memoryPorts } from '../support/memory-ports.ts'

const allowList: AllowedPlace[] = [
  ...sentToItsOwn('one'),
  ...sentByOtherWays('one'),
  ...sentByWeakClient('one'),
  ...sentToItsOwn('two'),
  ...sentToBeRevoked('one'),
  ...sentToBeRevoked('two'),
  { place: /^answer of connections\.reveal$/, kind: /(?:access token|refresh token|API key)$/, why: 'reveal' },
  { place: /^answer of connections\.copy$/, kind: /(?:access token|API key)$/, why: 'copy, in a tab' },
  { place: /^the clipboard$/, kind: /(?:access token|API key)$/, why: 'copy, in the window' },
  { place: /^answer of connections\.token$/, kind: /(?:access token|API key)$/, why: 'token' },
  { place: /^answer of connections\.tokenNamed$/, kind: /(?:access token|API key)$/, why: 'token, by name' },
  {
    place: /^answer of connect\.(?:start|answer)$/,
    kind: /state$/,
    why: 'the authorization URL holds the state: at the start',
  },
  { place: /^change attempt$/, kind: /state$/, why: 'the authorization URL holds the state: as it goes on' },
  { place: /^answer of app\.snapshot$/, kind: /state$/, why: 'the authorization URL holds the state: in a snapshot' },
  { place: /^the browser$/, kind: /state$/, why: 'the authorization URL holds the state: in the browser' },
  { place: /^one GET \/echo\/… path$/, kind: /^one access token$/, why: 'what the person types into a path is sent' },
]

/** Those that have no way to succeed here. */
const neverSucceed: ProcedureName[] = [
  'vault.recover',
  'vault.removeDamaged',
  'services.discover',
  'connections.checkRevocation',
  'connections.chooseWorkspace',
]

const secrets = new SeededSecrets()
const capture = new Capture()
const tally = new Map<string, { succeeded: number; failed: number }>()
const passphrase = secrets.seed('passphrase', ' "é\\<&')
const nextPassphrase = secrets.seed('passphrase')
const backupPassphrase = secrets.seed('backup passphrase')
let one: CanaryService
let two: CanaryService
let app: App
let ports: MemoryPorts

async function call(name: ProcedureName, input: unknown, caller: Caller = 'window'): Promise<Answer<unknown>> {
  const answer = await app.call(name, input, caller)
  capture.add(`answer of ${name}`, JSON.stringify(answer))
  const counted = tally.get(name) ?? { succeeded: 0, failed: 0 }
  counted[answer.ok ? 'succeeded' : 'failed'] += 1
  tally.set(name, counted)
  return answer
}

/** The value of a call that has to succeed. */
async function well<Name extends ProcedureName>(
  name: Name,
  input: unknown,
  caller?: Caller,
): Promise<ProcedureOutput<Name>> {
  const answer = await call(name, input, caller)
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.failure)}`)
  return answer.value as never
}

async function badly(name: ProcedureName, input: unknown): Promise<void> {
  const answer = await call(name, input)
  if (answer.ok) throw new Error(`${name} succeeded`)
}

/** The application with a keychain whose key is seeded too. */
async function open(): Promise<void> {
  const keychain = memoryKeychain()
  const seal = (key: Secret, vaultId: string) => {
    secrets.add('data key', key.reveal())
    return keychain.seal(key, vaultId)
  }
  ports = memoryPorts({ keychain: { ...keychain, seal } })
  const { document } = ports
  const write = (value: object) => {
    capture.add('the vault’s file', JSON.stringify(value))
    document.write(value)
  }
  const { append, replace } = ports.logs
  const logs: Ports['logs'] = {
    ...ports.logs,
    append(name, size, bytes) {
      capture.add('the logs beside it', bytes.toString('latin1'))
      append(name, size, bytes)
    },
    replace(name, bytes) {
      capture.add('the logs beside it', bytes.toString('latin1'))
      replace(name, bytes)
    },
  }
  app = createApp({ ...ports, logs, document: { ...document, write } })
  app.listen((change) => capture.add(`change ${change.kind}`, JSON.stringify(change)))
  await app.start()
}

const attempts = async () => (await well('app.snapshot', {})).attempts

async function ended(id: string): Promise<Attempt> {
  let found: Attempt | undefined
  await until(async () => {
    found = (await attempts()).find((one) => one.id === id)
    if (found?.state === 'asking_account') await call('connect.decide', { id, choice: 'keep_apart' })
    return found?.state === 'done' || found?.state === 'failed'
  }, 'the attempt ends')
  return found as Attempt
}

/** The browser that the attempt opened: the service consents at once, and the redirect is followed. */
async function consent(attempt: Attempt): Promise<void> {
  if (!('authorizationUrl' in attempt)) return
  capture.add('the browser', attempt.authorizationUrl)
  capture.add('the page after the redirect', await (await fetch(attempt.authorizationUrl)).text())
}

async function connect(service: CanaryService, grantId: string, more: object = {}): Promise<string> {
  const { clients } = await well('app.snapshot', {})
  const client = clients.find(({ serviceId }) => serviceId === service.id)
  const attempt: Attempt = await well('connect.start', {
    client: { id: client?.id },
    grantId,
    scopes: ['read'],
    ...more,
  })
  await consent(attempt)
  const end = await ended(attempt.id)
  return end.state === 'done' ? end.connectionId : ''
}

async function register(service: CanaryService): Promise<void> {
  await well('services.import', { text: service.description })
  await well('clients.save', {
    serviceId: service.id,
    baseUrl: service.baseUrl,
    clientId: 'us',
    clientSecret: service.clientSecret,
    clientAuthentication: 'body',
    redirect: { mode: 'ephemeral' },
  })
}

async function connectByEveryGrant(): Promise<string[]> {
  const ids = [
    await connect(one, grantIds.code),
    await connect(one, grantIds.client),
    await connect(two, grantIds.code),
  ]
  const login = { username: 'ada', password: one.password }
  ids.push(await connect(one, grantIds.password, login), await connect(one, grantIds.device))
  const place = { client: undefined, place: { serviceId: one.id, baseUrl: one.baseUrl } }
  ids.push(await connect(one, grantIds.key, { ...place, token: { value: one.apiKey } }))
  expect(ids).not.toContain('')
  for (const tokens of ['refused', 'broken'] as const) {
    one.tokens = tokens
    for (const grant of [grantIds.code, grantIds.client]) await connect(one, grant)
    await connect(one, grantIds.password, login)
  }
  one.tokens = 'given'
  one.account = 'Bob'
  await connect(one, grantIds.code, { reconnect: ids[0] })
  one.account = 'Ada'
  return ids
}

/** A client whose secret is no more than two words: hidden where secrets stand, and known to be weak. */
async function connectWeakClient(service: CanaryService): Promise<void> {
  const { serviceId, baseUrl } = { serviceId: service.id, baseUrl: service.baseUrl }
  for (const clientAuthentication of ['body', 'basic'] as const) {
    const saved = await well('clients.save', {
      ...{ serviceId, baseUrl, clientId: `weak ${clientAuthentication}`, clientSecret: service.weakSecret },
      ...{ clientAuthentication, redirect: { mode: 'ephemeral' } },
    })
    expect(saved.weakSecret).toBe(true)
    const id = await connect(service, grantIds.code, { client: { id: saved.id } })
    await well('connections.refresh', { id })
    await well('requests.send', { key: 'k', connectionId: id, method: 'GET', path: '/echo' })
    const { flows } = await well('flows.list', { connectionId: id })
    const told = await Promise.all(flows.map(({ id }) => well('flows.get', { id })))
    expect(JSON.stringify(told)).toContain('"which":"secret_strength"')
    await well('connections.remove', { id })
  }
}

/** Pasted, sent again, cancelled, dismissed; and what is refused of it. */
async function attemptsByHand(): Promise<void> {
  const { clients } = await well('app.snapshot', {})
  const start = { client: { id: clients[0]?.id }, grantId: grantIds.code, scopes: ['read'], openBrowser: false }
  const first: Attempt = await well('connect.start', start)
  if (!('redirectUri' in first)) throw new Error(first.state)
  await well('connect.browse', { id: first.id })
  const asked = await fetch(first.authorizationUrl, { redirect: 'manual' })
  const location = asked.headers.get('location') ?? ''
  await badly('connect.answer', { id: first.id, text: location.replace(/state=[^&]+/, 'state=another') })
  await call('connect.answer', { id: first.id, text: location })
  await ended(first.id)
  await well('connect.dismiss', { id: first.id })
  const second: Attempt = await well('connect.start', start)
  await well('connect.cancel', { id: second.id })
  await ended(second.id)
  await well('connect.check', start)
  await badly('connect.start', { ...start, parameters: { state: one.clientSecret } })
  await badly('connect.start', { ...start, grantId: grantIds.key, token: { value: `${one.apiKey}\n${one.apiKey}` } })
}

async function goThrough(id: string, service: CanaryService): Promise<void> {
  const reveal = async (what: string) => {
    const answer = await call('connections.reveal', { id, what })
    return answer.ok ? (answer.value as { value: string }).value : ''
  }
  const send = (path: string, more = {}) =>
    call('requests.send', { key: 'k', connectionId: id, method: 'GET', path, ...more })
  const held = [await reveal('access_token'), await reveal('refresh_token')]
  for (const what of ['access_token', 'header', 'curl']) {
    for (const caller of ['window', 'tab'] as const) await well('connections.copy', { id, what }, caller)
  }
  await well('connections.token', { id }, 'command')
  await well('connections.tokenNamed', { name: id }, 'command')
  await well('connections.named', { name: id })
  await well('connections.inspect', { id })
  await well('connections.verifySignatures', { id })
  await send('/echo')
  await well('requests.read', { key: 'k', at: 0 })
  await well('requests.save', { key: 'k', fileName: 'echo.json' }, 'tab')
  await badly('requests.read', { key: 'gone', at: 0 })
  await call('requests.save', { key: 'gone', fileName: 'echo.json' }, 'window')
  await send('/refuse')
  await send('http://127.0.0.1:9/echo')
  if (service === one && held[0]?.includes('accesstoken')) {
    await send(`/echo/${held[0]}`)
    await send(`/echo/${encodeURIComponent(held[0] ?? '')}`)
    await send(`/echo/${'a'.repeat(50)}${held[0]}`)
  }
  for (const tokens of ['refused', 'broken', 'given', 'given'] as const) {
    service.tokens = tokens
    await call('connections.refresh', { id })
    await send('/echo')
  }
  await well('connections.identify', { id })
  await well('connections.checkHealth', { id })
  await well('connections.cancel', { id })
  await well('connections.scopeChanges', { id })
  await well('connections.rename', { id, name: `Renamed ${id}` })
  await well('connections.tag', { id, tags: ['tagged'] })
  await well('connections.setTestPath', { id, path: '/echo' })
  await call('connections.nameWorkspace', { id, workspace: 'works' })
  await call('connections.chooseWorkspace', { id, workspaceId: 'works' })
  await well('connections.setAutoRefresh', { id, autoRefresh: false })
  await well('connections.markReminded', { id, end: 0, dismissed: true })
  await well('connections.remove', { id })
  await well('connections.restore', { id })
}

/** A secret that is stored, and repeated by what is delivered and by the server that it is sent on to. */
async function receiveWebhooks(): Promise<void> {
  const serviceId = 'plane'
  const secret = secrets.seed('stored webhook secret')
  const removed = secrets.seed('removed webhook secret')
  await well('webhooks.addSecret', { serviceId, secret })
  const { secrets: stored } = await well('webhooks.addSecret', { serviceId, secret: removed })
  await badly('webhooks.addSecret', { serviceId, secret })
  const { listener } = await well('webhooks.start', { serviceId })
  const said = JSON.stringify({ event: secret, action: removed, activity: { actor: { display_name: secret } } })
  const headers = { 'X-Plane-Delivery': secret, 'X-Plane-Signature': removed, 'X-Said': encodeURIComponent(secret) }
  await fetch(listener?.url ?? '', { method: 'POST', body: said, headers })
  await well('webhooks.removeSecret', { serviceId, id: stored[1]?.id })
  await well('webhooks.paste', { serviceId, headers: `X-Plane-Event: ${secret}`, body: said })
  const echo = createServer((request, response) => request.pipe(response.writeHead(500)))
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(echo.address() as AddressInfo).port}/`
  const { deliveries } = await well('webhooks.list', { serviceId })
  expect(deliveries).toHaveLength(2)
  for (const { id } of deliveries) {
    await well('webhooks.get', { id })
    await well('webhooks.replay', { id, url })
  }
  echo.close()
  await well('webhooks.stop', { serviceId })
  await well('webhooks.clear', { serviceId, id: deliveries[0]?.id })
}

/** What can be imported again is the same flow: every text in it was hidden, and is left as it is. */
async function exportFlow(id: string, format: FlowFormat): Promise<void> {
  const { text } = await well('flows.export', { id, format }, 'tab')
  if (format !== 'har' && format !== 'json') return
  const { flows } = await importFile(text ?? '')
  expect(flows.map((flow) => flow.id)).toEqual([id])
}

async function importFile(text: string): Promise<ProcedureOutput<'flows.endImport'>> {
  const { id } = await well('flows.beginImport', {})
  await well('flows.importPiece', { id, base64: Buffer.from(text).toString('base64') })
  return well('flows.endImport', { id })
}

/** Archives of another program that have a secret of each kind wherever one can stand; a weak one is not hidden in other texts. */
async function importArchives(): Promise<void> {
  const kinds = new Map(secrets.all().map(({ kind, secret }) => [kind, secret]))
  for (const [kind, secret] of kinds)
    if (!kind.includes('weak')) await importFile(JSON.stringify(archiveWith(secret, one.clientSecret)))
  const { id } = await well('flows.beginImport', {})
  await well('flows.cancelImport', { id })
  await badly('flows.importPiece', { id, base64: '' })
  await badly('flows.endImport', { id })
}

/** `present` is the vault’s passphrase, where it has one by now. */
async function exportAll(present?: string): Promise<void> {
  const { flows } = await well('flows.list', {})
  expect(flows.length).toBeGreaterThan(30)
  for (const { id } of flows) {
    capture.add('the text of an issue', issueText(await well('flows.get', { id }), null))
    await well('flows.diagnose', { id })
    for (const format of flowFormats) await exportFlow(id, format)
    await well('flows.savePicture', { id, png: 'iVBORw0KGgoAAAAN' }, 'tab')
  }
  await importArchives()
  await well('app.used', {})
  await well('settings.save', usualSettings)
  await well('settings.setProxyPassword', { password: secrets.seed('proxy password') })
  await well('services.setCertificates', { id: one.id, authorities: null })
  await well('history.list', {})
  for (const format of ['json', 'csv']) await well('history.export', { format })
  await well('services.export', { id: one.id })
  await well('services.schema', {})
  const webhookSecret = secrets.seed('webhook secret')
  await well('services.checkSignature', { id: 'plane', signature: '00', secret: webhookSecret, body: webhookSecret })
  await badly('services.discover', { url: one.baseUrl })
  await well('links.open', { url: 'https://example.com/' })
  const { text } = await well('backup.make', { passphrase: backupPassphrase, present })
  await well('backup.inspect', { text, passphrase: backupPassphrase })
  await badly('backup.inspect', { text, passphrase })
  await well('backup.restore', { text, passphrase: backupPassphrase })
}

/** Every procedure with a secret where something else is expected, and with one in the place of an id. */
async function misuse(connectionId: string): Promise<void> {
  const secret = secrets.ofKind(/access token/)[0] ?? ''
  await badly('links.open', { url: secret })
  for (const name of Object.keys(procedures) as ProcedureName[]) {
    await call(name, secret)
    // These take no notice of what they are given, and would do what they do.
    if (/^(?:vault|practice)\./.test(name)) continue
    const headers = [[`${secret}:`, secret]]
    const request = { connectionId, method: 'GET', path: '/echo', headers }
    await call(name, { id: secret, text: secret, key: 'k', ...request, [secret]: secret })
  }
}

/** The same with an id that is right, while the vault is locked. */
async function whileLocked(id: string): Promise<void> {
  for (const name of Object.keys(procedures) as ProcedureName[]) {
    if (!name.startsWith('vault.') && !name.startsWith('practice.')) await call(name, { id, what: 'access_token' })
  }
}

async function waysToOpen(id: string): Promise<void> {
  await well('vault.setPassphrase', { passphrase })
  await badly('vault.setPassphrase', { passphrase: nextPassphrase, present: backupPassphrase })
  await well('vault.setPassphrase', { passphrase: nextPassphrase, present: passphrase })
  const { vault } = await well('app.snapshot', {})
  const slots = vault.state === 'open' ? vault.slots : []
  await well('vault.removeSlot', { id: slots.find(({ kind }) => kind === 'keychain')?.id })
  await well('vault.lock', {})
  await well('vault.status', {})
  await well('vault.damaged', {})
  await whileLocked(id)
  await well('vault.retry', {})
  await badly('vault.unlock', { passphrase: backupPassphrase })
  await well('vault.unlock', { passphrase: nextPassphrase })
  await well('vault.addKeychain', {})
  await well('vault.dismissExposed', {})
}

beforeAll(async () => {
  one = await startCanaryService('one', secrets, capture)
  two = await startCanaryService('two', secrets, capture)
  await open()
  await register(one)
  await register(two)
  const ids = await connectByEveryGrant()
  await attemptsByHand()
  await connectWeakClient(one)
  for (const [at, id] of ids.entries()) await goThrough(id, at === 2 ? two : one)
  await receiveWebhooks()
  await exportAll()
  await waysToOpen(ids[0] ?? '')
  await misuse(ids[0] ?? '')
  await well('practice.start', {})
  await well('practice.break', { lesson: lessonIds[0] })
  await well('practice.stop', {})
  const { clients } = await well('app.snapshot', {})
  for (const { id } of clients) await call('clients.check', { id })
  for (const id of ids) await call('connections.revoke', { id })
  for (const id of ids) await call('connections.checkRevocation', { id })
  await badly('backup.make', { passphrase: backupPassphrase, present: passphrase })
  await exportAll(nextPassphrase)
  for (const id of ids) await well('connections.remove', { id })
  for (const { id } of clients) await call('clients.remove', { id })
  for (const { id } of [one, two]) await call('services.remove', { id })
  await app.close()
  for (const text of ports.copied) capture.add('the clipboard', text)
  for (const text of ports.logged) capture.add('the log', text)
  for (const text of ports.opened) capture.add('the browser', text)
  ports = memoryPorts({ keychain: null })
  app = createApp(ports)
  await app.start()
  await well('vault.create', { passphrase })
  await app.close()
})

afterAll(async () => {
  await one?.close()
  await two?.close()
})

describe('the application at its door', () => {
  it('was used whole: every procedure has succeeded and has failed', () => {
    const names = Object.keys(procedures) as ProcedureName[]
    expect(names.filter((name) => !tally.get(name)?.failed)).toEqual([])
    expect(names.filter((name) => !tally.get(name)?.succeeded)).toEqual(neverSucceed)
  })

  it('let no secret out but by reveal, copy and token, and sent each only to its own service', () => {
    const { leaks, unused, searched } = capture.check(secrets, allowList)
    expect(leaks).toEqual([])
    expect(unused).toEqual([])
    expect(searched).toBeGreaterThan(1_000_000)
  })
})
