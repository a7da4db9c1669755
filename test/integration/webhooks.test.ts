// Webhooks at the door: deliveries come over real sockets, are judged by the stored secrets, told as they come, kept sealed, and
// sent again byte for byte.
import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Change } from '../../contract/change.ts'
import type { Delivery } from '../../contract/webhook.ts'
import { until } from '../support/child.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const secret = 'plane_wh_0123456789abcdef'
const serviceId = 'plane'
let grantdesk: TestApp
let changes: Change[]
const servers: Server[] = []

beforeEach(async () => {
  grantdesk = await openTestApp()
  changes = []
  grantdesk.app.listen((change) => changes.push(change))
})
afterEach(async () => {
  await grantdesk.close()
  for (const server of servers.splice(0)) server.closeAllConnections()
})

const payload = (more: object = {}) =>
  JSON.stringify({
    event: 'issue',
    action: 'created',
    workspace_id: 'w-1',
    activity: { actor: { display_name: 'Ada' } },
    ...more,
  })

async function send(
  url: string,
  body: string,
  { key = secret as string | null, headers = {} } = {},
): Promise<Response> {
  const signature = key && createHmac('sha256', key).update(body).digest('hex')
  return fetch(url, {
    method: 'POST',
    body,
    headers: {
      'X-Plane-Delivery': randomUUID(),
      'X-Plane-Event': 'issue',
      ...(signature ? { 'X-Plane-Signature': signature } : {}),
      ...headers,
    },
  })
}

async function listening(): Promise<string> {
  const { listener } = await grantdesk.call('webhooks.start', { serviceId })
  return listener?.url ?? ''
}

const list = async () => (await grantdesk.call('webhooks.list', { serviceId })).deliveries

/** A server of the person's own; `answer` is its status. */
async function personsServer(answer: { status: number; headers?: Record<string, string>; body?: string }) {
  const got: { request: IncomingMessage; body: Buffer }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    got.push({ request, body: Buffer.concat(chunks) })
    response.writeHead(answer.status, answer.headers).end(answer.body ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push(server)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, got }
}

it('a delivery is answered 200, judged, read by the description, and told as it comes', async () => {
  await grantdesk.call('webhooks.addSecret', { serviceId, name: 'acme', secret })
  const url = await listening()
  expect((await send(url, payload())).status).toBe(200)
  const told = changes.filter((change) => change.kind === 'webhook_delivery')
  expect(told).toHaveLength(1)
  const [delivery] = await list()
  expect(told[0]).toEqual({ kind: 'webhook_delivery', delivery })
  expect(delivery).toMatchObject({
    ...{ verdict: 'fits', secretName: 'acme', source: 'received', event: 'issue', action: 'created' },
    ...{ workspaceId: 'w-1', actor: 'Ada', connection: null, repeats: null, size: payload().length },
  })
  const detail = await grantdesk.call('webhooks.get', { id: delivery?.id ?? '' })
  expect(detail).toMatchObject({ body: payload(), isBinary: false })
  expect(detail.headers).toContainEqual({ name: 'X-Plane-Event', value: 'issue' })
})

it.each([
  ['no_secret', false, secret],
  ['fits', true, secret],
  ['wrong', true, 'another secret'],
  ['missing', true, null],
] as const)('says %s', async (verdict, stores, key) => {
  if (stores) await grantdesk.call('webhooks.addSecret', { serviceId, secret })
  expect((await send(await listening(), payload(), { key })).status).toBe(200)
  expect((await list())[0]).toMatchObject({ verdict })
})

it('belongs to the connection whose workspace it is, by its id', async () => {
  const connection = await grantdesk.connected('plane')
  const url = await listening()
  await send(url, payload({ workspace_id: connection.workspace?.id }))
  await send(url, payload({ workspace_id: connection.workspace?.name }))
  expect((await list()).map((one) => one.connection)).toEqual([null, { id: connection.id, name: connection.name }])
})

it('marks what is sent again, by delivery id or by body, and lets nothing unproven make a delivery a repetition', async () => {
  await grantdesk.call('webhooks.addSecret', { serviceId, secret })
  const url = await listening()
  const headers = { 'X-Plane-Delivery': 'd-1' }
  await send(url, payload({ n: 0 }), { key: 'forged', headers })
  await send(url, payload({ n: 1 }), { headers })
  await send(url, payload({ n: 2 }), { headers })
  await send(url, payload({ n: 1 }))
  const [same, again, first, forged] = await list()
  expect(forged).toMatchObject({ verdict: 'wrong', repeats: null })
  expect(first).toMatchObject({ verdict: 'fits', repeats: null })
  expect(again?.repeats).toEqual({ id: first?.id, by: 'delivery_id' })
  expect(same?.repeats).toEqual({ id: first?.id, by: 'body' })
})

it('a pasted delivery is judged like one that came, and a line end that was pasted along is left out', async () => {
  await grantdesk.call('webhooks.addSecret', { serviceId, secret })
  const signature = createHmac('sha256', secret).update(payload()).digest('hex')
  const headers = `X-Plane-Event: issue\nX-Plane-Signature: ${signature}`
  const pasted = await grantdesk.call('webhooks.paste', { serviceId, headers, body: `${payload()}\n` })
  expect(pasted).toMatchObject({ source: 'pasted', verdict: 'fits', lineEndLeftOut: true, size: payload().length })
  await expect(grantdesk.call('webhooks.paste', { serviceId, headers: 'nonsense', body: '' })).rejects.toThrow(
    'no header',
  )
})

it('is sent again as it was received: signature, spelling of headers, and body byte for byte', async () => {
  const own = await personsServer({ status: 202, body: 'thanks' })
  const url = await listening()
  const body = `${payload()}\r\n ü`
  await send(url, body, { headers: { 'X-Odd-SPELLING': 'kept' } })
  const [delivery] = await list()
  const result = await grantdesk.call('webhooks.replay', { id: delivery?.id ?? '', url: own.url })
  expect(result).toMatchObject({ status: 202, body: 'thanks' })
  const [{ request, body: got } = { request: null, body: Buffer.alloc(0) }] = own.got
  expect(got.toString()).toBe(body)
  expect(request?.headers['x-plane-signature']).toBe(createHmac('sha256', secret).update(got).digest('hex'))
  expect(request?.headers.host).toBe(new URL(own.url).host)
  expect(request?.rawHeaders.filter((name) => name.toLowerCase() === 'host')).toHaveLength(1)
})

it('follows no redirect, sends to this machine only, and not to itself', async () => {
  const target = await personsServer({ status: 200 })
  const own = await personsServer({ status: 307, headers: { location: target.url } })
  const url = await listening()
  await send(url, payload())
  const id = (await list())[0]?.id ?? ''
  expect(await grantdesk.call('webhooks.replay', { id, url: own.url })).toMatchObject({ status: 307 })
  expect(target.got).toEqual([])
  await expect(grantdesk.call('webhooks.replay', { id, url: 'https://example.com/' })).rejects.toThrow(
    'this machine only',
  )
  await expect(grantdesk.call('webhooks.replay', { id, url })).rejects.toThrow('Grantdesk itself listens')
  await expect(grantdesk.call('webhooks.replay', { id, url: 'http://127.0.0.1:1/' })).rejects.toThrow('Nothing listens')
})

it('no secret of a webhook crosses the door, nor lies on disk in the clear, though service and server repeat it', async () => {
  const own = await personsServer({ status: 500, body: `the secret is ${secret}` })
  const view = await grantdesk.call('webhooks.addSecret', { serviceId, secret })
  const url = await listening()
  await send(url, payload({ data: secret, action: secret }), {
    headers: { 'X-Told': secret, 'X-Gitlab-Token': 'another-token-0123456789' },
  })
  const id = (await list())[0]?.id ?? ''
  const detail = await grantdesk.call('webhooks.get', { id })
  expect(detail.body).toMatch(/"data":"<webhook_secret:\w+>"/)
  const { body } = await grantdesk.call('webhooks.replay', { id, url: own.url })
  expect(body).toMatch(/^the secret is <webhook_secret:\w+>$/)
  await grantdesk.call('webhooks.removeSecret', { serviceId, id: view.secrets[0]?.id ?? '' })
  expect(await grantdesk.call('webhooks.get', { id })).toEqual(detail)
  const crossed = grantdesk.crossed.join('\n')
  expect(crossed).not.toContain(secret)
  expect(crossed).not.toContain('another-token-0123456789')
  const { disk } = grantdesk.ports
  const written = [disk.text ?? '', ...[...(disk.logs?.values() ?? [])].map((bytes) => bytes.toString('latin1'))].join()
  expect(written).not.toContain(secret)
  expect(written).not.toContain(Buffer.from(secret).toString('base64'))
})

it('while the vault is locked the service is told to come later; unlocked, it goes on at the same address', async () => {
  await grantdesk.call('webhooks.addSecret', { serviceId, secret })
  const url = await listening()
  await send(url, payload())
  await grantdesk.call('vault.lock', {})
  expect((await send(url, payload({ n: 1 }))).status).toBe(503)
  await grantdesk.call('vault.retry', {})
  expect((await send(url, payload({ n: 1 }))).status).toBe(200)
  expect((await list()).map(({ verdict }) => verdict)).toEqual(['fits', 'fits'])
  const { webhooks } = await grantdesk.call('app.snapshot', {})
  expect(webhooks[0]?.listener?.refused).toMatchObject([{ reason: 'vault_locked', count: 1 }])
})

it('has its address and its deliveries again after a restart, and another port where that one is taken', async () => {
  const url = await listening()
  await send(url, payload())
  const { ports } = grantdesk
  const before = await list()
  await grantdesk.close()
  await expect(fetch(url, { method: 'POST' })).rejects.toThrow()
  grantdesk = await openTestApp(memoryPorts({ keychain: ports.keychain }, ports.disk))
  expect(await list()).toEqual(before)
  expect(await listening()).toBe(url)
  await grantdesk.call('webhooks.stop', { serviceId })
  const { port, pathname } = new URL(url)
  const other = createServer().listen(Number(port), '127.0.0.1')
  servers.push(other)
  await new Promise((resolve) => other.once('listening', resolve))
  const { listener } = await grantdesk.call('webhooks.start', { serviceId })
  expect(listener).toMatchObject({ movedFrom: Number(port), url: expect.stringContaining(pathname) })
  other.close()
})

it('tells how much was refused, without a change for each of many requests', async () => {
  const url = await listening()
  const before = changes.length
  await Promise.all(Array.from({ length: 60 }, () => fetch(new URL('/elsewhere', url), { method: 'POST' })))
  const told = () => changes.slice(before).filter((change) => change.kind === 'webhook')
  await until(() => told().some((change) => change.webhook.listener?.refused[0]?.count === 60), 'all are counted')
  expect(told().length).toBeLessThan(20)
  expect(await list()).toEqual([])
})

it('keeps a bounded list: a flood of unproven deliveries pushes out none that fits', async () => {
  await grantdesk.call('webhooks.addSecret', { serviceId, secret })
  const url = await listening()
  await send(url, payload())
  for (let n = 0; n < 70; n += 1) await send(url, payload({ n }), { key: 'forged' })
  const kept = await list()
  expect(kept.filter(({ verdict }) => verdict === 'wrong')).toHaveLength(50)
  expect(kept.at(-1)).toMatchObject({ verdict: 'fits' })
  const gone = changes.flatMap((change) => (change.kind === 'webhook_deliveries_removed' ? change.ids : []))
  expect(gone).toHaveLength(20)
  await expect(grantdesk.call('webhooks.get', { id: gone[0] ?? '' })).rejects.toThrow('no longer kept')
})

it('removes one, or all; an id that leads elsewhere is none', async () => {
  const url = await listening()
  for (let n = 0; n < 3; n += 1) await send(url, payload({ n }))
  const [first] = (await list()) as [Delivery]
  await grantdesk.call('webhooks.clear', { serviceId, id: '../../vault' })
  await grantdesk.call('webhooks.clear', { serviceId, id: first.id })
  expect(await list()).toHaveLength(2)
  await grantdesk.call('webhooks.clear', { serviceId })
  expect(await list()).toEqual([])
  expect([...(grantdesk.ports.disk.logs?.keys() ?? [])].filter((name) => name.includes('/webhooks/'))).toEqual([])
})

it('says what cannot be: an unknown service, one that does not say how it signs, another port, the same secret twice', async () => {
  const start = (input: { serviceId: string; port?: number }) => grantdesk.call('webhooks.start', input)
  await expect(start({ serviceId: 'none' })).rejects.toThrow('not_found')
  await expect(start({ serviceId: 'birdview' })).rejects.toThrow('not_supported')
  const { listener } = await start({ serviceId })
  await expect(start({ serviceId, port: (listener?.port ?? 0) + 1 })).rejects.toThrow('already')
  expect((await start({ serviceId, port: listener?.port ?? 0 })).listener?.url).toBe(listener?.url)
  await grantdesk.call('webhooks.addSecret', { serviceId, name: 'one', secret })
  await expect(grantdesk.call('webhooks.addSecret', { serviceId, secret })).rejects.toThrow('“one”')
})

it('verifies a signature with the stored secrets where none is given', async () => {
  const signature = createHmac('sha256', secret).update('{}').digest('hex')
  const check = (more = {}) =>
    grantdesk.call('services.checkSignature', { id: serviceId, signature, body: '{}', ...more })
  await expect(check()).rejects.toThrow('No webhook secret of Plane is stored')
  await grantdesk.call('webhooks.addSecret', { serviceId, secret: 'another' })
  expect(await check()).toEqual({ fits: false })
  await grantdesk.call('webhooks.addSecret', { serviceId, secret })
  expect(await check()).toEqual({ fits: true })
  expect(await check({ secret: 'another' })).toEqual({ fits: false })
})

it('what is done with secrets and listeners stands in the history', async () => {
  await grantdesk.call('webhooks.addSecret', { serviceId, secret })
  await listening()
  await grantdesk.call('webhooks.stop', { serviceId })
  const { entries } = await grantdesk.call('history.list', { operation: 'webhook' })
  expect(entries.map(({ detail }) => detail)).toEqual([
    'No longer listens for webhooks of Plane',
    expect.stringMatching(/^Listens for webhooks of Plane at port \d+$/),
    'Webhook secret of Plane stored',
  ])
})
