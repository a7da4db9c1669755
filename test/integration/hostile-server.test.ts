// Every request that the application can make, answered in every shape that a server has ever been seen to answer, and
// some that only malice would: each pair ends in success or in a failure that says what happened, in the server's words
// where it had any. What was stored before stays as it was, and no secret stands where it should not.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refused } from '../support/desk.ts'
import { connect, type Ended, ended, held, leaks, openScene, type Scene } from '../support/hostile-scene.ts'
import { type Endpoint, type HostileServer, startHostileServer } from '../support/hostile-server.ts'
import { type Shape, shapes, slowShapes } from '../support/hostile-shapes.ts'

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

/** Only a refusal of the tokens marks a connection, only a revocation that was seen ends it, and nothing else does either. */
function standingAfter({ name }: Act, shape: Shape, failure: Ended, found: string | undefined): string {
  if (name === 'refreshing') return failure?.kind === 'refused' ? 'needs_attention' : 'good'
  // Its answer is a list, in which a refusal is no failure.
  if (name === 'checking the client' && found === 'needs_attention') return found
  if (name.startsWith('revoking') || name === 'asking whether it is revoked')
    return found === 'revoked' ? found : 'good'
  const unknown = failure?.kind === 'refused' && failure.status === 401
  return name === 'identifying' && (unknown || namesAnother.has(shape.name)) ? 'needs_attention' : 'good'
}

/** Shapes in which the API says that the token is somebody else's. */
const namesAnother = new Set(['every member a number', 'a token with a line break'])

async function meet(act: Act, shape: Shape): Promise<void> {
  const at = await openScene(server)
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
      expect(after.access).toBe(before.access)
      // A refresh token that came in an answer of no other use is kept: the one before may have ended with it.
      const brought = act.name === 'refreshing' && failure?.kind !== 'refused' && at.place.secrets.has(after.refresh)
      if (!brought) expect(after.refresh).toBe(before.refresh)
    }
    expect(after.standing).toBe(standingAfter(act, shape, failure, after.standing))
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
