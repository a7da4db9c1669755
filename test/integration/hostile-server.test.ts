// Every request that the application can make, answered in every shape that a server has ever been seen to answer, and
// some that only malice would (every fourth pair, other ones each time; `npm run test:whole hostile` takes all): each pair ends in
// success or in a failure that says what happened, in the server's words where it had any. What was stored before stays as it was, and no secret stands where it should not.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fuzzSeed, takesAll } from '../support/fuzz/seed.ts'
import { type Ended, type HostileApp, held, leaks, openHostileApp } from '../support/hostile-app.ts'
import { longCode, operations, type ServiceOperation } from '../support/hostile-operations.ts'
import { type HostileServer, startHostileServer } from '../support/hostile-server.ts'
import { type Shape, shapes, slowShapes } from '../support/hostile-shapes.ts'

/** Every how many-th pair is met: with each request every fourth shape, and each shape with every fourth request. */
const stride = takesAll ? 1 : 4
const seed = fuzzSeed('hostile server')

let server: HostileServer
/** What went wrong at slow servers: thirty seconds that pass beside all the other pairs. */
let slow: Promise<string[]>

beforeAll(async () => {
  server = await startHostileServer()
  slow = meetSlowly()
})
afterAll(() => server.close())

/** Only a refusal of the tokens marks a connection, only a revocation that was seen ends it, and nothing else does either. */
function statusAfter({ name }: ServiceOperation, shape: Shape, failure: Ended, found: string | undefined): string {
  if (name === 'refreshing' || name === 'renewing a bot token') {
    return failure?.kind === 'refused' ? 'needs_attention' : 'good'
  }
  // It needed the person before.
  if (name === 'trying another client authentication') return failure === null ? 'good' : 'needs_attention'
  // Its answer is a list, in which a refusal is no failure.
  if (name === 'checking the client' && found === 'needs_attention') return found
  // The revocation was accepted before the API was asked.
  const accepted = found === 'revocation_accepted' && (failure === null || name === 'asking whether it is revoked')
  if (name.startsWith('revoking') || name === 'asking whether it is revoked')
    return found === 'revoked' || accepted ? found : 'good'
  const unknown = failure?.kind === 'refused' && failure.status === 401
  return name === 'identifying' && (unknown || namesAnother.has(shape.name)) ? 'needs_attention' : 'good'
}

/** Shapes in which the API says that the token is somebody else's. */
const namesAnother = new Set(['every member a number', 'a token with a line break'])

/** The words stand where the person who asked looks for them, and an API or a server that refused has not succeeded. */
async function expectWords(
  { says }: ServiceOperation,
  words: RegExp,
  { grantdesk, said }: HostileApp,
  failure: Ended,
): Promise<void> {
  if (says === 'failure') return expect(failure?.message).toMatch(words)
  if (says === 'outcome') return expect(said.join('\n')).toMatch(words)
  const { flows } = await grantdesk.call('flows.list', {})
  const whole = await Promise.all(flows.map(({ id }) => grantdesk.call('flows.get', { id })))
  expect(JSON.stringify(whole)).toMatch(words)
}

/** Tokens that came in a tolerable shape: their scopes are what the server said, or unknown where it said nothing. */
async function expectTaken(
  { renews }: ServiceOperation,
  { granted }: Shape,
  { grantdesk, id, place }: HostileApp,
): Promise<void> {
  for (const code of place.codes) expect(code).toHaveLength(longCode)
  if (granted === undefined || renews) return
  const { connections } = await grantdesk.call('app.snapshot', {})
  const [fresh] = connections.filter((one) => one.id !== id)
  expect(fresh?.scopes).toMatchObject({ requested: ['read', 'write'], granted })
}

/** A description that says of everything in the answer where it is, and keeps what it can. */
const places = {
  tokenRequest: { encoding: 'json' },
  tokenResponse: {
    accessToken: ['deep.er.token', '0.access_token', 'access_token'],
    refreshToken: ['deep.er.refresh', 'refresh_token'],
    expiresIn: ['deep.er.life', 'expires_in'],
    scope: ['deep.er.scope', 'scope'],
    error: ['fault.name', 'fault', 'error'],
    keep: { token_type: ['token_type', 'deep'], scope: ['scope'], nobody: ['__proto__.polluted', 'constructor.name'] },
  },
  scopes: { default: ['read'], responseSeparator: ' ' },
}

async function meet(operation: ServiceOperation, shape: Shape, more: object = {}): Promise<void> {
  const setup = await openHostileApp(server, () => ({ ...more }))
  try {
    const at = (await operation.prepare?.(setup)) ?? setup
    at.place.struck = 0
    const before = await held(at)
    at.place.strike(operation.strikes, shape)
    const failure = await operation.run(at)
    const after = await held(at)
    expect(at.place.struck).toBeGreaterThan(0)
    expect(failure?.kind).not.toBe('internal')
    expect(at.grantdesk.ports.logged.filter((line) => line.includes('internal failure'))).toEqual([])
    expect(failure?.message).not.toBe('')
    if (operation.forTokens && shape.tolerable) {
      expect(failure).toBeNull()
      await expectTaken(operation, shape, at)
    }
    if (shape.words) await expectWords(operation, shape.words, at, failure)
    if (!operation.renews || failure !== null) {
      expect(after.access).toBe(before.access)
      // A refresh token that came in an answer of no other use is kept: the one before may have ended with it.
      const brought = operation.renews && failure?.kind !== 'refused' && at.place.secrets.has(after.refresh)
      if (!brought) expect(after.refresh).toBe(before.refresh)
    }
    expect(after.status).toBe(statusAfter(operation, shape, failure, after.status))
    expect(after).toMatchObject({ name: before.name, account: { id: before.account?.id }, workspace: before.workspace })
    expect(await leaks(at)).toEqual([])
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  } finally {
    await setup.grantdesk.close()
  }
}

async function meetSlowly(): Promise<string[]> {
  const pairs = operations.flatMap((operation) => slowShapes.map((shape) => ({ operation, shape })))
  const ends = await Promise.allSettled(pairs.map(({ operation, shape }) => meet(operation, shape)))
  return ends.flatMap((end, at) =>
    end.status === 'rejected' ? [`${pairs[at]?.operation.name}, ${pairs[at]?.shape.name}: ${end.reason}`] : [],
  )
}

function shapesFor(operation: ServiceOperation): Shape[] {
  return shapes.filter((_, at) => (at + operations.indexOf(operation) + seed) % stride === 0)
}

describe.each(operations)('$name', (operation) => {
  it.concurrent.each(shapesFor(operation))('meets $name', (shape) => meet(operation, shape))
})

describe('with places of its own', () => {
  const asking = operations.filter(({ name }) => ['exchanging a code', 'refreshing'].includes(name))
  describe.each(asking)('$name', (operation) => {
    it.concurrent.each(shapesFor(operation))('meets $name', (shape) => meet(operation, shape, places))
  })
})

it('ends every request that is answered too slowly', async () => {
  expect(await slow).toEqual([])
})

it('was followed nowhere', () => {
  expect(server.strayed).toEqual([])
})
