// Every request that the application can make of a service, each as an act that one endpoint answers: what is done
// before, what is struck, how it ends, and where the server's words have to stand then.
import type { Attempt } from '../../contract/attempt.ts'
import { Refused } from './desk.ts'
import { connect, type Ended, ended, handOver, type Scene } from './hostile-scene.ts'
import type { Endpoint } from './hostile-server.ts'

export interface Act {
  name: string
  strikes: Endpoint
  run(scene: Scene): Promise<Ended>
  /** What has to be there before: by default the connection of the scene. */
  prepare?(scene: Scene): Promise<Scene>
  /** Asks for tokens: the tolerable ones have to be taken. */
  forTokens?: true
  /** Asks for them for the connection of the scene. */
  renews?: true
  /** Where the server's words stand: in the failure, in the outcome, or in the flow, since the act succeeds all the same. */
  says: 'failure' | 'outcome' | 'flow'
}

/** How long the codes of some servers are. */
export const longCode = 788

async function endOf(call: Promise<unknown>): Promise<Ended> {
  try {
    await call
    return null
  } catch (error) {
    if (error instanceof Refused) return error.failure
    throw error
  }
}

/** The browser comes back with a code, and says where the client was installed. */
async function comeBack(scene: Scene, attempt: Attempt): Promise<Ended> {
  if (attempt.state === 'awaiting_redirect') {
    const state = new URL(attempt.authorizationUrl).searchParams.get('state') ?? ''
    const code = `thecode-${attempt.id}-`.padEnd(longCode, 'c')
    scene.place.secrets.add(code)
    const back = new URLSearchParams({ code, state, installation_id: 'i-1' })
    await (await fetch(`${attempt.redirectUri}?${back}`)).text()
  }
  return ended(scene, attempt)
}

const by = (grantId: string) => async (scene: Scene) => comeBack(scene, await connect(scene, grantId))
const refresh = ({ desk, id }: Scene) => endOf(desk.call('connections.refresh', { id }))
const identify = ({ desk, id }: Scene) => endOf(desk.call('connections.identify', { id }))

async function revoke({ desk, id, said }: Scene): Promise<Ended> {
  return endOf(desk.call('connections.revoke', { id }).then(({ words }) => said.push(words)))
}

async function installed(scene: Scene): Promise<Scene> {
  const attempt = await connect(scene, 'installed')
  const failure = await comeBack(scene, attempt)
  const settled = scene.desk.attempt(attempt.id)
  if (settled.state !== 'done') throw new Error(JSON.stringify(failure))
  return { ...scene, id: settled.connectionId }
}

/** The client was refused with its own method. */
async function refusedOnce(scene: Scene): Promise<Scene> {
  scene.place.strike('token', {
    name: 'a refused client',
    answer: ({ response }) => void response.writeHead(401).end('{"error":"invalid_client"}'),
  })
  const failure = await refresh(scene)
  if (failure?.kind !== 'refused' || !failure.tryAuthentication?.includes('basic')) {
    throw new Error(`Nothing else is offered: ${JSON.stringify(failure)}`)
  }
  return scene
}

export const acts: Act[] = [
  { name: 'asking whether there is OAuth', strikes: 'authorize', run: by('code'), says: 'flow' },
  { name: 'exchanging a code', strikes: 'token', run: by('code'), forTokens: true, says: 'failure' },
  { name: 'client credentials', strikes: 'token', run: by('client'), forTokens: true, says: 'failure' },
  { name: 'installing', strikes: 'token', run: by('installed'), forTokens: true, says: 'failure' },
  { name: 'the password grant', strikes: 'token', run: by('password'), forTokens: true, says: 'failure' },
  { name: 'asking for a user code', strikes: 'device', run: by('device'), says: 'failure' },
  { name: 'asking whether the person has decided', strikes: 'token', run: by('device'), says: 'failure' },
  {
    name: 'handing over a token',
    strikes: 'me',
    run: async (scene) => ended(scene, await handOver(scene)),
    says: 'flow',
  },
  { name: 'refreshing', strikes: 'token', run: refresh, forTokens: true, renews: true, says: 'failure' },
  {
    name: 'renewing a bot token',
    strikes: 'token',
    prepare: installed,
    run: refresh,
    forTokens: true,
    renews: true,
    says: 'failure',
  },
  {
    name: 'trying another client authentication',
    strikes: 'token',
    prepare: refusedOnce,
    run: ({ desk, id }) => endOf(desk.call('connections.refresh', { id, clientAuthentication: 'basic' })),
    forTokens: true,
    renews: true,
    says: 'failure',
  },
  { name: 'identifying while connecting', strikes: 'me', run: by('password'), says: 'flow' },
  { name: 'identifying', strikes: 'me', run: identify, says: 'failure' },
  { name: 'asking for workspaces', strikes: 'workspaces', run: identify, says: 'flow' },
  { name: 'asking about the token', strikes: 'tokeninfo', run: identify, says: 'flow' },
  { name: 'revoking', strikes: 'revoke', run: revoke, says: 'outcome' },
  { name: 'asking whether it is revoked', strikes: 'me', run: revoke, says: 'flow' },
  {
    name: 'discovering',
    strikes: 'metadata',
    run: ({ desk, place }) => endOf(desk.call('services.discover', { url: place.baseUrl })),
    says: 'failure',
  },
  {
    name: 'checking the client',
    strikes: 'token',
    run: ({ desk, clientId, said }) =>
      endOf(
        desk.call('clients.check', { id: clientId }).then(({ results }) => {
          for (const { words } of results) said.push(words)
        }),
      ),
    renews: true,
    says: 'outcome',
  },
  {
    name: 'a request by hand',
    strikes: 'thing',
    run: ({ desk, id }) =>
      endOf(desk.call('requests.send', { key: 'one', connectionId: id, method: 'POST', path: '/thing', body: 'x=1' })),
    says: 'flow',
  },
]
