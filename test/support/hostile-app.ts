// An application in front of a server that is everything at once: a service described, a client registered, and one
// connection that was there before. What that connection holds, and where a secret leaked, is asked afterwards.
import { type Attempt, isUnderWay } from '../../contract/attempt.ts'
import type { Failure } from '../../contract/failure.ts'
import type { HostileServer, Place } from './hostile-server.ts'
import { memoryPorts } from './memory-ports.ts'
import { openTestApp, type TestApp } from './test-app.ts'
import { openWire } from './wire.ts'

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
    { id: 'key', type: 'static_token', name: 'Key' },
    {
      ...{ id: 'installed', type: 'client_credentials', name: 'Installation', refresh: false },
      installation: { parameter: 'installation_id' },
    },
  ],
  scopes: { default: ['read'] },
  identity: [{ path: '/me', accountId: ['id'], accountName: ['name'], scopes: ['scopes'] }],
  workspaces: [{ path: '/workspaces', items: 'items', workspaceId: ['id'], workspaceName: ['name'] }],
  tokenInfo: { path: '/tokeninfo', scopes: ['scope'], expiresIn: ['expires_in'] },
}

export interface HostileApp {
  grantdesk: TestApp
  place: Place
  /** The connection that was there before. */
  id: string
  clientId: string
  /** What the outcomes of operations said. */
  said: string[]
}

/** How it ended: `null` is success. */
export type Ended = Failure | null

/** Begins an attempt by one of the description's grants. */
export async function connect(
  { grantdesk, clientId }: Pick<HostileApp, 'grantdesk' | 'clientId'>,
  grantId: string,
): Promise<Attempt> {
  const login = grantId === 'password' ? { username: 'ada', password } : {}
  return grantdesk.call('connect.start', { client: { id: clientId }, grantId, scopes: ['read', 'write'], ...login })
}

/** Hands a token over that the service is said to have made. */
export async function handOver({ grantdesk, place }: HostileApp): Promise<Attempt> {
  const value = `statictoken-${place.secrets.size}-9f8e7d6c5b4a`
  place.secrets.add(value)
  const at = { serviceId: description.id, baseUrl: place.baseUrl }
  return grantdesk.call('connect.start', { place: at, grantId: 'key', scopes: [], token: { value } })
}

/** The attempt when it has ended; one that goes on asking a broken server is cancelled by the person. */
export async function ended({ grantdesk, place }: HostileApp, { id }: Attempt): Promise<Ended> {
  let since = 0
  for (;;) {
    const attempt = grantdesk.attempt(id)
    if (!isUnderWay(attempt)) return attempt.state === 'failed' ? attempt.failure : null
    if (attempt.state === 'awaiting_device' && place.struck > 0) {
      since ||= Date.now()
      if (Date.now() - since > 300) await grantdesk.call('connect.cancel', { id })
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** `more` is what else the service's description says. */
export async function openHostileApp(
  server: HostileServer,
  more: (place: Place) => Record<string, unknown> = () => ({}),
  ports = memoryPorts(),
): Promise<HostileApp> {
  const grantdesk = await openTestApp(ports)
  const place = server.place()
  place.secrets.add(clientSecret).add(password)
  await grantdesk.call('services.import', { text: JSON.stringify({ ...description, ...more(place) }) })
  const { id: clientId } = await grantdesk.call('clients.save', {
    serviceId: description.id,
    baseUrl: place.baseUrl,
    clientId: 'us',
    clientSecret,
    clientAuthentication: 'body',
    redirect: { mode: 'ephemeral' },
  })
  const attempt = await grantdesk.settled((await connect({ grantdesk, clientId }, 'password')).id)
  if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
  return { grantdesk, place, clientId, id: attempt.connectionId, said: [] }
}

/** What a connection holds that a bad answer must not cost; `null` where it is not there any more. */
export async function held({ grantdesk, id }: HostileApp) {
  const { connections } = await grantdesk.call('app.snapshot', {})
  const { name, account, workspace, scopes, status } = connections.find((one) => one.id === id) ?? {}
  const reveal = async (what: 'access_token' | 'refresh_token') => {
    const { value } = await grantdesk.call('connections.reveal', { id, what })
    grantdesk.crossed.pop()
    return value
  }
  return {
    name,
    account,
    workspace,
    scopes,
    status: status?.kind,
    access: await reveal('access_token'),
    refresh: await reveal('refresh_token'),
  }
}

/** Where the bytes of a secret stand that should stand nowhere. */
export async function leaks({ grantdesk, place: { secrets } }: HostileApp): Promise<string[]> {
  const wire = openWire()
  for (const secret of secrets) wire.hide(secret)
  const { flows } = await grantdesk.call('flows.list', {})
  const whole = await Promise.all(flows.map(({ id }) => grantdesk.call('flows.get', { id })))
  return [
    ...wire.found('a flow', JSON.stringify(whole)),
    ...wire.found('what crossed the door', grantdesk.crossed.join('\n')),
    ...wire.found('the log', grantdesk.ports.logged.join('\n')),
    ...wire.found('the vault’s file', grantdesk.ports.disk.text ?? ''),
  ]
}
