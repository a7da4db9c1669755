import { expect, it } from 'vitest'
import type { ClientView } from '../../../contract/client.ts'
import { catalogue } from '../../../core/services/catalogue.ts'
import { buildConnectInput, type ConnectOptions } from '../../../headless/connect-input.ts'
import type { SecretInput } from '../../../headless/secret-input.ts'
import { sampleConnection } from './sample-connection.ts'

const services = catalogue().map((service) => ({ ...service, origin: 'built_in' as const }))

function stored(change: Partial<ClientView> = {}): ClientView {
  return {
    id: 'stored',
    name: 'Stored',
    serviceId: 'plane',
    baseUrl: 'https://api.plane.so',
    clientId: 'app',
    hasSecret: true,
    weakSecret: false,
    clientAuthentication: 'basic',
    grantAuthentication: {},
    pkce: 'S256',
    redirect: { mode: 'fixed', port: 50_000 },
    redirectUri: 'http://127.0.0.1:50000/callback',
    practice: false,
    connectionCount: 0,
    secretDamage: null,
    ...change,
  }
}

function piped(secret?: string): SecretInput {
  const missing = async () => {
    throw new Error('asked for a secret')
  }
  return {
    passphraseGiven: false,
    clientSecretGiven: secret !== undefined,
    passphrase: missing,
    answerNewPassphrase: () => undefined,
    newPassphraseGiven: () => false,
    newPassphrase: missing,
    clientSecret: secret === undefined ? missing : async () => secret,
    credential: async (what) => `typed ${what}`,
    pasted: missing,
    after: missing,
  }
}

const build = (service: string, options: Partial<ConnectOptions>, clients: ClientView[] = [], secret?: string) => {
  return buildConnectInput(
    { services, clients },
    service,
    { param: [], tokenParam: [], input: [], resource: [], browser: false, ...options },
    piped(secret),
  )
}

it('uses the one stored client as it is', async () => {
  const input = await build('Plane', {}, [stored(), stored({ id: 'other', serviceId: 'planio' })])
  expect(input).toMatchObject({ client: { id: 'stored' }, grantId: 'user_token', scopes: ['read', 'write'] })
})

it('takes a practice client by its address or its client id, never for the real service', async () => {
  const practice = stored({ id: 'p', clientId: 'practised', practice: true, baseUrl: 'http://127.0.0.1:4000' })
  await expect(build('plane', {}, [practice])).rejects.toMatchObject({
    message: expect.stringContaining('No client is stored for Plane'),
    remedy: expect.stringContaining('For practice: --base-url http://127.0.0.1:4000.'),
  })
  expect(await build('plane', {}, [practice, stored()])).toMatchObject({ client: { id: 'stored' } })
  for (const options of [{ baseUrl: practice.baseUrl }, { clientId: 'practised' }]) {
    expect(await build('plane', options, [practice])).toMatchObject({ client: { id: 'p' } })
  }
})

it('makes a new client with the service’s defaults', async () => {
  const input = await build('plane', { clientId: 'new', scope: ' read  profile:read ', param: ['a=b=c'] }, [], 's')
  expect(input).toEqual({
    client: {
      id: undefined,
      serviceId: 'plane',
      baseUrl: 'https://api.plane.so',
      clientId: 'new',
      clientSecret: 's',
      clientAuthentication: 'body',
      grantAuthentication: {},
      redirect: { mode: 'fixed', port: 53_682 },
    },
    grantId: 'user_token',
    scopes: ['read', 'profile:read'],
    answers: {},
    resources: [],
    parameters: { a: 'b=c' },
    tokenParameters: {},
    testPath: undefined,
    name: undefined,
    reconnect: undefined,
  })
})

it('sends each parameter with the request that it is for, and an audience with all', async () => {
  const options = { clientId: 'new', param: ['prompt=login'], tokenParam: ['tenant=t1'], audience: 'api' }
  expect(await build('plane', options, [], 's')).toMatchObject({
    parameters: { prompt: 'login', audience: 'api' },
    tokenParameters: { tenant: 't1', audience: 'api' },
  })
})

it('asks for no scopes with a key that was made at the service', async () => {
  const scopes = (more: Partial<ConnectOptions>) => build('plane', { grant: 'api_key', ...more })
  expect(await scopes({})).toMatchObject({ grantId: 'api_key', scopes: [] })
  await expect(scopes({ scope: 'read' })).rejects.toThrow('No scopes can be asked for with “API key”.')
})

it('takes any port where the service does', async () => {
  const base = { clientId: 'new', baseUrl: 'acme.plan.io' }
  expect((await build('planio', base, [], 's')).client).toMatchObject({
    baseUrl: 'https://acme.plan.io',
    redirect: { mode: 'ephemeral' },
  })
  expect((await build('planio', { ...base, redirectPort: 0 }, [], 's')).client).toMatchObject({
    redirect: { mode: 'ephemeral' },
  })
})

it('changes a stored client where told to, and leaves its secret', async () => {
  const { client } = await build('plane', { redirectPort: 0, clientAuth: 'body' }, [stored()])
  expect(client).toMatchObject({ id: 'stored', redirect: { mode: 'ephemeral' }, clientAuthentication: 'body' })
  expect(client).not.toHaveProperty('clientSecret')
})

it('takes the code out of band for this attempt alone, and keeps it with a new client only', async () => {
  const redirect = { mode: 'out_of_band' }
  expect(await build('plane', { outOfBand: true }, [stored()])).toMatchObject({ client: { id: 'stored' }, redirect })
  const changed = await build('plane', { outOfBand: true, clientAuth: 'body' }, [stored()])
  expect(changed).toMatchObject({ client: { redirect: stored().redirect }, redirect })
  expect(await build('plane', { clientId: 'new', outOfBand: true }, [], 's')).toMatchObject({ client: { redirect } })
  expect(await build('plane', {}, [stored()])).not.toHaveProperty('redirect')
})

it('goes on from an installation', async () => {
  const again = await build('plane', { grant: 'bot_token', installation: 'i-1' }, [stored()])
  expect(again).toMatchObject({ client: { id: 'stored' }, installation: 'i-1' })
})

it('gives another method to the grant that has one of its own, and leaves the client’s', async () => {
  const { client } = await build('plane', { grant: 'bot_token', clientAuth: 'basic' }, [stored()])
  expect(client).toMatchObject({ clientAuthentication: 'basic', grantAuthentication: { bot_token: 'basic' } })
  const kept = stored({ grantAuthentication: { bot_token: 'basic' } })
  const again = await build('plane', { grant: 'bot_token', redirectPort: 0 }, [kept])
  expect(again.client).toMatchObject({ grantAuthentication: { bot_token: 'basic' } })
  const usual = await build('plane', { grant: 'bot_token', clientAuth: 'basic-raw' }, [kept])
  expect(usual.client).toMatchObject({ grantAuthentication: {} })
})

it('replaces a stored secret by a given one', async () => {
  const { client } = await build('plane', {}, [stored()], 'new secret')
  expect(client).toMatchObject({ id: 'stored', clientId: 'app', clientSecret: 'new secret' })
})

it('asks for no secret of a public client', async () => {
  const { client } = await build('plane', { clientId: 'public', clientAuth: 'none' })
  expect(client).not.toHaveProperty('clientSecret')
})

it('does not choose between several stored clients', async () => {
  const two = [stored(), stored({ id: 'second', clientId: 'app2' })]
  await expect(build('plane', {}, two)).rejects.toThrow('app at https://api.plane.so, app2 at https://api.plane.so')
  expect((await build('plane', { clientId: 'app2' }, two)).client).toEqual({ id: 'second' })
})

it('prefers the client at the service’s own address, and finds another by its address', async () => {
  const two = [stored({ id: 'mine', baseUrl: 'https://plane.mine.example' }), stored()]
  expect((await build('plane', {}, two)).client).toEqual({ id: 'stored' })
  expect((await build('plane', { baseUrl: 'https://plane.mine.example/' }, two)).client).toEqual({ id: 'mine' })
})

it('says what is missing, with the redirect URI to register', async () => {
  await expect(build('plane', {})).rejects.toMatchObject({
    exitCode: 2,
    remedy: expect.stringContaining('http://127.0.0.1:53682/callback'),
  })
  await expect(build('planio', { clientId: 'x' })).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('address'),
  })
  await expect(build('plane', { clientId: 'x' })).rejects.toMatchObject({ exitCode: 2 })
  await expect(build('nothing', {})).rejects.toMatchObject({ exitCode: 1, message: 'There is no service “nothing”.' })
  await expect(build('plane', { grant: 'x' })).rejects.toMatchObject({ exitCode: 1 })
  await expect(build('plane', { param: ['novalue'] })).rejects.toMatchObject({ exitCode: 2 })
})

it('asks for an API key instead of a client, and sends it as the grant does', async () => {
  const input = await build('plane', { grant: 'api_key', baseUrl: 'plane.example' })
  expect(input.client).toBeUndefined()
  expect(input.place).toEqual({ serviceId: 'plane', baseUrl: 'https://plane.example' })
  expect(input.token).toMatchObject({ value: 'typed token', bearer: undefined })
  const other = await build('plane', { grant: 'api_key', header: 'X-Other' })
  expect(other.token?.bearer).toEqual({ header: 'X-Other', prefix: '' })
})

it('asks for the password of the named user, and for nothing without a name', async () => {
  const birdview = stored({ serviceId: 'birdview', baseUrl: 'https://b.example' })
  const options = { grant: 'password', baseUrl: 'b.example' }
  expect(await build('birdview', { ...options, username: 'ada' }, [birdview])).toMatchObject({
    username: 'ada',
    password: 'typed password',
  })
  await expect(build('birdview', options, [birdview])).rejects.toThrow('user name')
})

it('refuses a header that is none before it asks for the token, in the words of the options', async () => {
  const withKey = (more: Partial<ConnectOptions>) => build('plane', { grant: 'api_key', ...more })
  await expect(withKey({ header: 'Bad Header' })).rejects.toMatchObject({
    exitCode: 2,
    message: 'What --header gives cannot be the name of a header.',
  })
  await expect(withKey({ prefix: 'Tök ' })).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('--prefix'),
  })
})

it('reconnects with the answers that became scopes, or with new ones instead', async () => {
  const client = stored({ serviceId: 'birdview', baseUrl: 'https://b.example' })
  const again = (input: string[]) => {
    const reconnected = sampleConnection({
      ...{ serviceId: 'birdview', baseUrl: 'https://b.example', grantId: 'client_credentials', actsAs: 'user 7' },
      scopes: { requested: ['user:7', 'extra'], granted: null, reported: null },
    })
    const options = { param: [], tokenParam: [], input, resource: [], browser: false }
    return buildConnectInput({ services, clients: [client], reconnected }, 'birdview', options, piped())
  }
  expect(await again([])).toMatchObject({ answers: { user: '7' }, scopes: ['extra'] })
  expect(await again(['user=8'])).toMatchObject({ answers: { user: '8' }, scopes: ['extra'] })
})
