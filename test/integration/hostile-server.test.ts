// Every request that the application can make, answered in every shape that a server has ever been seen to answer, and
// some that only malice would: each pair ends in success or in a failure that says what happened, in the server's words
// where it had any. What was stored before stays as it was, and no secret stands where it should not.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Attempt, isUnderWay } from '../../contract/attempt.ts'
import type { Failure } from '../../contract/failure.ts'
import { type Desk, openDesk, Refused } from '../support/desk.ts'
import { type Endpoint, type HostileServer, type Place, startHostileServer } from '../support/hostile-server.ts'
import { type Shape, shapes, slowShapes } from '../support/hostile-shapes.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { openWire } from '../support/wire.ts'

const clientSecret = 'p+q%41:r/s=tuvwxyz'
const password = 'ada-likes-engines'

const description = {
  schema: 2,
  id: 'hostile',
  name: 'Hostile',
  base: { default: null, example: 'https://hostile.example.com' },
  endpoints: {
    authorization: '{base}/authorize',
    token: '{base}/token',
    revocation: '{base}/revoke',
    deviceAuthorization: '{base}/device',
  },
  availability: { absentStatus: [404], words: 'This one has no OAuth.', instead: 'password' },
  registration: { steps: 'Do not.' },
  clientAuthentication: { allowed: ['body', 'basic'], default: 'body' },
  redirect: { anyPort: 'yes' },
  grants: [
    { id: 'code', type: 'authorization_code', name: 'Authorization code' },
    { id: 'client', type: 'client_credentials', name: 'Client credentials', refresh: false },
    { id: 'password', type: 'password', name: 'Password' },
    { id: 'device', type: 'device_code', name: 'Device' },
  ],
  scopes: { default: ['read'] },
  identity: [{ path: '/me', accountId: ['id'], accountName: ['name'], scopes: ['scopes'] }],
  workspaces: [{ path: '/workspaces', items: 'items', workspaceId: ['id'], workspaceName: ['name'] }],
  tokenInfo: { path: '/tokeninfo', scopes: ['scope'], expiresIn: ['expires_in'] },
}

interface Scene {
  desk: Desk
  place: Place
  /** The connection that was there before. */
  id: string
  clientId: string
}

/** How it ended: `null` is success. */
type Ended = Failure | null

interface Act {
  name: string
  strikes: Endpoint
  run(scene: Scene): Promise<Ended>
  /** Asks for tokens: the server's words have to come through, and tolerable tokens have to be taken. */
  forTokens?: true
}

async function endOf(call: Promise<unknown>): Promise<Ended> {
  try {
    await call
    return null
  } catch (error) {
    if (error instanceof Refused) return error.failure
    throw error
  }
}

async function connect({ desk, clientId }: Pick<Scene, 'desk' | 'clientId'>, grantId: string): Promise<Attempt> {
  const login = grantId === 'password' ? { username: 'ada', password } : {}
  return desk.call('connect.start', { client: { id: clientId }, grantId, scopes: ['read'], ...login })
}

/** The attempt when it has ended; one that goes on asking a broken server is cancelled by the person. */
async function ended({ desk, place }: Scene, { id }: Attempt): Promise<Ended> {
  let since = 0
  for (const until = Date.now() + 45_000; Date.now() < until; ) {
    const attempt = desk.attempt(id)
    if (!isUnderWay(attempt)) return attempt.state === 'failed' ? attempt.failure : null
    if (attempt.state === 'awaiting_device' && place.struck > 0) {
      since ||= Date.now()
      if (Date.now() - since > 300) await desk.call('connect.cancel', { id })
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`the attempt is still ${desk.attempt(id).state}`)
}

async function byCode(scene: Scene): Promise<Ended> {
  const attempt = await connect(scene, 'code')
  if (attempt.state === 'awaiting_redirect') {
    const state = new URL(attempt.authorizationUrl).searchParams.get('state') ?? ''
    const code = `thecode-${attempt.id}`
    scene.place.secrets.add(code)
    await (await fetch(`${attempt.redirectUri}?${new URLSearchParams({ code, state })}`)).text()
  }
  return ended(scene, attempt)
}

const by = (grantId: string) => async (scene: Scene) => ended(scene, await connect(scene, grantId))

const acts: Act[] = [
  { name: 'asking whether there is OAuth', strikes: 'authorize', run: byCode },
  { name: 'exchanging a code', strikes: 'token', run: byCode, forTokens: true },
  { name: 'client credentials', strikes: 'token', run: by('client'), forTokens: true },
  { name: 'the password grant', strikes: 'token', run: by('password'), forTokens: true },
  { name: 'asking for a user code', strikes: 'device', run: by('device') },
  { name: 'asking whether the person has decided', strikes: 'token', run: by('device') },
  {
    name: 'refreshing',
    strikes: 'token',
    run: ({ desk, id }) => endOf(desk.call('connections.refresh', { id })),
    forTokens: true,
  },
  { name: 'identifying while connecting', strikes: 'me', run: by('password') },
  { name: 'identifying', strikes: 'me', run: ({ desk, id }) => endOf(desk.call('connections.identify', { id })) },
  {
    name: 'asking for workspaces',
    strikes: 'workspaces',
    run: ({ desk, id }) => endOf(desk.call('connections.identify', { id })),
  },
  {
    name: 'asking about the token',
    strikes: 'tokeninfo',
    run: ({ desk, id }) => endOf(desk.call('connections.identify', { id })),
  },
  { name: 'revoking', strikes: 'revoke', run: ({ desk, id }) => endOf(desk.call('connections.revoke', { id })) },
  {
    name: 'asking whether it is revoked',
    strikes: 'me',
    run: ({ desk, id }) => endOf(desk.call('connections.revoke', { id })),
  },
  {
    name: 'discovering',
    strikes: 'metadata',
    run: ({ desk, place }) => endOf(desk.call('services.discover', { url: place.baseUrl })),
  },
  {
    name: 'checking the client',
    strikes: 'token',
    run: ({ desk, clientId }) => endOf(desk.call('clients.check', { id: clientId })),
  },
  {
    name: 'a request by hand',
    strikes: 'thing',
    run: ({ desk, id }) =>
      endOf(desk.call('requests.send', { key: 'one', connectionId: id, method: 'POST', path: '/thing', body: 'x=1' })),
  },
]

let server: HostileServer
/** What went wrong at slow servers: thirty seconds that pass beside all the other pairs. */
let slow: Promise<string[]>

beforeAll(async () => {
  server = await startHostileServer()
  slow = meetSlowly()
})
afterAll(() => server.close())

async function scene(): Promise<Scene> {
  const desk = await openDesk(memoryPorts())
  const place = server.place()
  place.secrets.add(clientSecret).add(password)
  await desk.call('services.import', { text: JSON.stringify(description) })
  const { id: clientId } = await desk.call('clients.save', {
    serviceId: description.id,
    baseUrl: place.baseUrl,
    clientId: 'us',
    clientSecret,
    clientAuthentication: 'body',
    redirect: { mode: 'ephemeral' },
  })
  const attempt = await desk.settled((await connect({ desk, clientId }, 'password')).id)
  if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
  return { desk, place, clientId, id: attempt.connectionId }
}

/** What a connection holds that a bad answer must not cost; `null` where it is not there any more. */
async function held({ desk, id }: Scene) {
  const { connections } = await desk.call('app.snapshot', {})
  const { name, account, workspace, scopes, standing } = connections.find((one) => one.id === id) ?? {}
  const reveal = async (what: 'access_token' | 'refresh_token') => {
    const { value } = await desk.call('connections.reveal', { id, what })
    desk.crossed.pop()
    return value
  }
  return {
    name,
    account,
    workspace,
    scopes,
    standing: standing?.kind,
    access: await reveal('access_token'),
    refresh: await reveal('refresh_token'),
  }
}

async function leaks({ desk, place: { secrets } }: Scene): Promise<string[]> {
  const wire = openWire()
  for (const secret of secrets) wire.hide(secret)
  const { flows } = await desk.call('flows.list', {})
  const whole = await Promise.all(flows.map(({ id }) => desk.call('flows.get', { id })))
  return [
    ...wire.found('a flow', JSON.stringify(whole)),
    ...wire.found('what crossed the door', desk.crossed.join('\n')),
    ...wire.found('the log', desk.ports.logged.join('\n')),
    ...wire.found('the vault’s file', desk.ports.disk.text ?? ''),
  ]
}

async function meet(act: Act, shape: Shape): Promise<void> {
  const at = await scene()
  try {
    const before = await held(at)
    at.place.strike(act.strikes, shape)
    const failure = await act.run(at)
    const after = await held(at)
    expect(at.place.struck).toBeGreaterThan(0)
    expect(failure?.kind).not.toBe('internal')
    expect(at.desk.ports.logged.filter((line) => line.includes('internal failure'))).toEqual([])
    expect(failure?.message).not.toBe('')
    if (act.forTokens && shape.tolerable) expect(failure).toBeNull()
    if (act.forTokens && shape.words) expect(failure?.message).toMatch(shape.words)
    const mayRenew = act.name === 'refreshing' || act.name === 'checking the client'
    if (!mayRenew || failure !== null) {
      expect(after).toMatchObject({ access: before.access, refresh: before.refresh })
    }
    expect(after).toMatchObject({ name: before.name, account: { id: before.account?.id }, workspace: before.workspace })
    expect(await leaks(at)).toEqual([])
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  } finally {
    await at.desk.close()
  }
}

async function meetSlowly(): Promise<string[]> {
  const pairs = acts.flatMap((act) => slowShapes.map((shape) => ({ act, shape })))
  const ends = await Promise.allSettled(pairs.map(({ act, shape }) => meet(act, shape)))
  return ends.flatMap((end, at) =>
    end.status === 'rejected' ? [`${pairs[at]?.act.name}, ${pairs[at]?.shape.name}: ${end.reason}`] : [],
  )
}

describe.each(acts)('$name', (act) => {
  it.concurrent.each(shapes)('meets $name', (shape) => meet(act, shape))
})

it('ends every request that is answered too slowly', async () => {
  expect(await slow).toEqual([])
})

it('was followed nowhere', () => {
  expect(server.strayed).toEqual([])
})
