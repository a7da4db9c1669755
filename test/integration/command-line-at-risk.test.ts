// Commands that can cost a grant, as real processes against a server of the test's own: `refresh --client-auth` says so and asks
// before anything is sent, and `revoke --check` tells of an accepted revocation what is known by now, and revokes nothing.
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestServer, type TestAnswer, type TestServer } from '../support/test-server.ts'
import { type Ended, openTestCommandLine, passphrase } from './grantdesk-process.ts'
import { canPretend, onTerminal } from './terminal-process.ts'

const grantdesk = openTestCommandLine()
let server: TestServer
/** What the API answers, asked whose the token is. */
let account: TestAnswer

const description = (baseUrl: string) => ({
  ...{ schema: 2, id: 'forge', name: 'Forge', base: { default: baseUrl, example: baseUrl }, scopes: {} },
  endpoints: { authorization: '{base}/authorize', token: '{base}/token', revocation: '{base}/revoke' },
  registration: { steps: 'Ask.' },
  clientAuthentication: { allowed: ['body', 'basic'], default: 'body' },
  redirect: { anyPort: 'yes' },
  grants: [
    { id: 'password', type: 'password', name: 'Password' },
    { id: 'machine', type: 'client_credentials', name: 'Machine', refresh: false },
  ],
  identity: [{ path: '/me', accountId: ['id'], accountName: ['name'] }],
})

const run = (parameters: string[], lines: string[] = []): Promise<Ended> => {
  const input = [passphrase, ...lines].map((line) => `${line}\n`).join('')
  return grantdesk.start([...parameters, '--passphrase-stdin'], { input }).ended
}

async function well(parameters: string[], lines: string[] = []): Promise<string> {
  const { code, stdout, stderr } = await run(parameters, lines)
  if (code !== 0) throw new Error(stderr)
  return stdout
}

async function connect(name: string, grant: string, more: string[] = []): Promise<void> {
  const client = ['--client-id', 'app', '--client-secret-stdin', '--client-auth', 'body']
  const login = grant === 'password' ? ['--username', 'ada', '--password-stdin'] : []
  await well(
    ['connect', 'forge', '--grant', grant, '--name', name, ...client, ...login],
    ['app-s3cret-0123456789', ...more],
  )
}

beforeAll(async () => {
  account = { json: { id: '1', name: 'Ada' } }
  let issued = 0
  server = await openTestServer(({ path, form }) => {
    if (path === '/revoke') return {}
    if (path !== '/token') return account
    const refresh = form.get('grant_type') === 'client_credentials' ? {} : { refresh_token: 'rt-0123456789abcdef' }
    return { json: { access_token: `at-${++issued}-0123456789abcdef`, expires_in: 3600, ...refresh } }
  })
  const file = join(dirname(grantdesk.folder), 'forge.json')
  writeFileSync(file, JSON.stringify(description(server.baseUrl)))
  await well(['services', 'import', file])
  await connect('ada', 'password', ['pw-0123456789'])
  await connect('robot', 'machine')
})
afterAll(async () => {
  await grantdesk.close()
  server.close()
})

const refreshes = () => server.to('/token').filter(({ form }) => form.get('grant_type') === 'refresh_token')
const withBasic = (name: string) => ['refresh', name, '--client-auth', 'basic']

it('a refresh with another client authentication is not sent where nobody can be asked', async () => {
  const { code, stderr } = await run(withBasic('ada'))
  expect(code).toBe(1)
  expect(stderr).toContain('At some servers a refused client authentication ends the grant')
  expect(stderr).toContain('Refresh without being asked by --yes.')
  expect(refreshes()).toEqual([])
})

it.skipIf(!canPretend)('at a terminal it is asked for first, and not sent where the answer is no', async () => {
  const { ended, shows, type } = onTerminal(grantdesk, withBasic('ada'))
  await shows('Passphrase')
  type(`${passphrase}\r`)
  await shows('Refresh ada with “basic”? [y/N]')
  expect(refreshes()).toEqual([])
  type('n\r')
  expect(await ended).toBe(1)
  expect(refreshes()).toEqual([])
})

it('with --yes it is sent at once, and says so all the same', async () => {
  const { code, stderr } = await run([...withBasic('ada'), '--yes'])
  expect(code).toBe(0)
  expect(stderr).toContain('At some servers a refused client authentication ends the grant')
  expect(refreshes()).toMatchObject([{ headers: { authorization: expect.stringMatching(/^Basic /) } }])
})

it('a client’s own token, which no refresh token renews, is at no risk', async () => {
  const { code, stderr } = await run(withBasic('robot'))
  expect([code, stderr]).toEqual([0, ''])
})

it('an accepted revocation is checked again without another one, until the token is known to be dead', async () => {
  account = { status: 503 }
  const before = await run(['revoke', 'ada', '--check'])
  expect(before).toMatchObject({ code: 1, stderr: expect.stringContaining('Revoke it first.') })
  const revoked = await run(['revoke', 'ada'])
  expect(revoked).toMatchObject({ code: 0, stderr: expect.stringContaining('“grantdesk revoke ada --check”') })
  const asked = server.to('/revoke').length
  account = { json: { id: '1', name: 'Ada' } }
  const works = await run(['revoke', 'ada', '--check'])
  expect(works).toMatchObject({ code: 1, stderr: expect.stringContaining('ada is not revoked.') })
  expect(await well(['list'])).toMatch(/ada .*still works until/)
  account = { status: 401 }
  const dead = await run(['revoke', 'ada', '--check', '--json'])
  expect([dead.code, JSON.parse(dead.stdout)]).toMatchObject([0, { outcome: 'revoked' }])
  expect(await well(['list'])).toMatch(/ada .*revoked/)
  expect(server.to('/revoke')).toHaveLength(asked)
})
