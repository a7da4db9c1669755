// Every request that the application can make of a service, each as an operation that one endpoint answers: what is done
// before, what is struck, how it ends, and where the server's words have to stand then.
import type { Attempt } from '../../contract/attempt.ts'
import { connect, type Ended, ended, type HostileApp, handOver } from './hostile-app.ts'
import type { Endpoint } from './hostile-server.ts'
import { Refused } from './test-app.ts'

export interface ServiceOperation {
  name: string
  strikes: Endpoint
  run(setup: HostileApp): Promise<Ended>
  /** What has to be there before: by default the connection of the setup. */
  prepare?(setup: HostileApp): Promise<HostileApp>
  /** Asks for tokens: the tolerable ones have to be taken. */
  forTokens?: true
  /** Asks for them for the connection of the setup. */
  renews?: true
  /** Where the server's words stand: in the failure, in the outcome, or in the flow, since the operation succeeds all the same. */
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
async function comeBack(setup: HostileApp, attempt: Attempt): Promise<Ended> {
  if (attempt.state === 'awaiting_redirect') {
    const state = new URL(attempt.authorizationUrl).searchParams.get('state') ?? ''
    const code = `thecode-${attempt.id}-`.padEnd(longCode, 'c')
    setup.place.secrets.add(code)
    const back = new URLSearchParams({ code, state, installation_id: 'i-1' })
    await (await fetch(`${attempt.redirectUri}?${back}`)).text()
  }
  return ended(setup, attempt)
}

const by = (grantId: string) => async (setup: HostileApp) => comeBack(setup, await connect(setup, grantId))
const refresh = ({ grantdesk, id }: HostileApp) => endOf(grantdesk.call('connections.refresh', { id }))
const identify = ({ grantdesk, id }: HostileApp) => endOf(grantdesk.call('connections.identify', { id }))

async function revoke({ grantdesk, id, said }: HostileApp): Promise<Ended> {
  return endOf(grantdesk.call('connections.revoke', { id }).then(({ words }) => said.push(words)))
}

async function installed(setup: HostileApp): Promise<HostileApp> {
  const attempt = await connect(setup, 'installed')
  const failure = await comeBack(setup, attempt)
  const settled = setup.grantdesk.attempt(attempt.id)
  if (settled.state !== 'done') throw new Error(JSON.stringify(failure))
  return { ...setup, id: settled.connectionId }
}

/** The client was refused with its own method. */
async function refusedOnce(setup: HostileApp): Promise<HostileApp> {
  setup.place.strike('token', {
    name: 'a refused client',
    answer: ({ response }) => void response.writeHead(401).end('{"error":"invalid_client"}'),
  })
  const failure = await refresh(setup)
  if (failure?.kind !== 'refused' || !failure.tryAuthentication?.includes('basic')) {
    throw new Error(`Nothing else is offered: ${JSON.stringify(failure)}`)
  }
  return setup
}

export const operations: ServiceOperation[] = [
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
    run: async (setup) => ended(setup, await handOver(setup)),
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
    run: ({ grantdesk, id }) => endOf(grantdesk.call('connections.refresh', { id, clientAuthentication: 'basic' })),
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
    run: ({ grantdesk, place }) => endOf(grantdesk.call('services.discover', { url: place.baseUrl })),
    says: 'failure',
  },
  {
    name: 'checking the client',
    strikes: 'token',
    run: ({ grantdesk, clientId, said }) =>
      endOf(
        grantdesk.call('clients.check', { id: clientId }).then(({ results }) => {
          for (const { words } of results) said.push(words)
        }),
      ),
    renews: true,
    says: 'outcome',
  },
  {
    name: 'a request by hand',
    strikes: 'thing',
    run: ({ grantdesk, id }) =>
      endOf(
        grantdesk.call('requests.send', { key: 'one', connectionId: id, method: 'POST', path: '/thing', body: 'x=1' }),
      ),
    says: 'flow',
  },
]
