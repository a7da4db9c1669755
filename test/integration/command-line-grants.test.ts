// Every way in but the usual one on the command line, with real processes against the practice services: keys, client
// credentials and passwords that come on standard input, a code pasted there, a code entered on a page of a real server,
// another account's tokens, a client's new secret, and the workspace that is meant. No secret is ever an argument.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Practice, type PracticeService, startPractice } from '../../practice/index.ts'
import { type ForeignServer, startForeignServer } from '../support/foreign-server.ts'
import { oddSecret } from '../support/interop-app.ts'
import { PlainSession } from '../support/plain-session.ts'
import { type Ended, openTestCommandLine, passphrase, type Running } from './grantdesk-process.ts'
import { oidcProvider } from './interop/authorization-servers.ts'
import { visit } from './practice-browser.ts'

const grantdesk = openTestCommandLine()
const seen: Ended[] = []
/** Arguments of every command that was run. */
const argued: string[] = []
const secrets = new Set([passphrase, oddSecret])
let practice: Practice

beforeAll(async () => {
  practice = await startPractice()
  for (const { clients, accounts, apiKeys = [] } of practice.services) {
    for (const { clientSecret } of clients) if (clientSecret) secrets.add(clientSecret)
    for (const { password } of accounts) secrets.add(password)
    for (const { value } of apiKeys) secrets.add(value)
  }
})
afterAll(async () => {
  await grantdesk.close()
  await practice.close()
})

function serviceOf(id: string): PracticeService {
  const found = practice.services.find((service) => service.id === id)
  if (!found) throw new Error(`practice has no ${id}`)
  return found
}

/** Starts a command that reads the passphrase and then `lines` from standard input. */
function start(parameters: string[], lines: string[] = [], keepsInputOpen = false): Running {
  argued.push(...parameters)
  const input = [passphrase, ...lines].map((line) => `${line}\n`).join('')
  const running = grantdesk.start([...parameters, '--passphrase-stdin'], { input, keepsInputOpen })
  void running.ended.then((ended) => seen.push(ended))
  return running
}

const run = (parameters: string[], lines: string[] = []) => start(parameters, lines).ended

/** The parameters by which a service is connected with its practice client. */
function connecting({ id, baseUrl, clients }: PracticeService, ...more: string[]): string[] {
  const client = ['--client-id', clients[0]?.clientId ?? '', '--client-secret-stdin']
  return ['connect', id, '--base-url', baseUrl, ...client, '--no-browser', '--json', ...more]
}

const secretOf = ({ clients }: PracticeService) => clients[0]?.clientSecret ?? ''

/** The last line that the command printed, its `connected`. */
function connectionIn({ code, stdout, stderr }: Ended) {
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
  const { event, connection } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  expect(event).toBe('connected')
  return connection
}

async function announced(running: Running, event: string): Promise<Record<string, string>> {
  return JSON.parse(await running.line((line) => line.includes(`"event":"${event}"`)))
}

async function list(): Promise<{ name: string; service: string; account: { name: string } | null }[]> {
  return JSON.parse((await run(['list', '--json'])).stdout)
}

/** The redirect that the practice service answers consent with. */
async function consent(running: Running, account: string): Promise<URL> {
  const { url = '' } = await announced(running, 'authorize')
  const { redirect } = await visit(url, { account })
  if (!redirect) throw new Error('The service kept the browser')
  return redirect
}

/** The usual way: consent, and the redirect to the listener. */
async function throughBrowser(service: PracticeService, account: string, ...more: string[]): Promise<Ended> {
  const running = start(connecting(service, '--redirect-port', '0', ...more), [secretOf(service)])
  await (await fetch(await consent(running, account))).text()
  return running.ended
}

describe('a secret on standard input', () => {
  it('is an API key, and the connection works with it', async () => {
    const plane = serviceOf('plane')
    const key = plane.apiKeys?.[0]?.value ?? ''
    const parameters = ['connect', 'plane', '--base-url', plane.baseUrl, '--grant', 'api_key', '--name', 'key']
    const ended = await run([...parameters, '--token-stdin', '--json'], [key])
    expect(connectionIn(ended)).toMatchObject({ grant: 'api_key', state: 'active', account: { name: 'ada' } })
    expect(ended.stderr).toContain('all your power')
    const { stdout } = await run(['request', 'key', 'GET', '/api/v1/users/me/'])
    expect(JSON.parse(stdout)).toMatchObject({ email: 'ada@practice.example' })
  })

  it('is told to end with a day, or never, and reads so everywhere', async () => {
    const plane = serviceOf('plane')
    const key = plane.apiKeys?.[0]?.value ?? ''
    const parameters = ['connect', 'plane', '--base-url', plane.baseUrl, '--grant', 'api_key', '--token-stdin']
    const endless = await run([...parameters, '--name', 'endless', '--expires', 'never'], [key])
    expect(endless).toMatchObject({ code: 0, stdout: expect.stringContaining('never expires') })
    expect((await run(['show', 'endless'])).stdout).toMatch(/Expires +never/)
    expect((await run(['list'])).stdout).toMatch(/endless .* never/)
    const dated = await run([...parameters, '--name', 'dated', '--expires', '2127-01-31', '--json'], [key])
    const end = new Date(2127, 1, 1).getTime()
    const { expiresAt, neverExpires } = connectionIn(dated)
    // The lifetime is kept in whole seconds from when it was stored.
    expect(Math.abs(expiresAt - end)).toBeLessThan(1_000)
    expect(neverExpires).toBe(false)
    for (const name of ['endless', 'dated']) await run(['remove', name, '--yes'])
  })

  it('that the service refuses stores nothing', async () => {
    const plane = serviceOf('plane')
    const parameters = ['connect', 'plane', '--base-url', plane.baseUrl, '--grant', 'api_key', '--token-stdin']
    secrets.add('plane_api_of_nobody_0123456789')
    const { code, stderr } = await run(parameters, ['plane_api_of_nobody_0123456789'])
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('401') })
    expect((await list()).map(({ name }) => name)).toEqual(['key'])
  })

  it('is a client secret for client credentials, which act as the user that was named', async () => {
    const birdview = serviceOf('birdview')
    const parameters = connecting(birdview, '--grant', 'client_credentials', '--input', 'user=8', '--name', 'machine')
    const ended = await run(parameters, [secretOf(birdview)])
    expect(connectionIn(ended)).toMatchObject({ grant: 'client_credentials', account: { name: 'Alice' } })
    expect((await run(['show', 'machine'])).stdout).toContain('user 8')
  })

  it('is a password, which is sent once', async () => {
    const birdview = serviceOf('birdview')
    const parameters = connecting(birdview, '--grant', 'password', '--username', 'ada', '--password-stdin')
    const ended = await run([...parameters, '--name', 'person'], [secretOf(birdview), 'ada-practice'])
    expect(connectionIn(ended)).toMatchObject({ grant: 'password', account: { name: 'Ada' }, refreshable: true })
  })

  it('is a wrong password, which is refused in the server’s words', async () => {
    const birdview = serviceOf('birdview')
    secrets.add('not-the-password')
    const parameters = connecting(birdview, '--grant', 'password', '--username', 'ada', '--password-stdin')
    const { code, stderr } = await run(parameters, [secretOf(birdview), 'not-the-password'])
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(/invalid_grant.*\n.*password/) })
  })

  it('that is wrong leads to the command that replaces it, not to connecting again', async () => {
    const wrong = 'not-the-secret-0123456789'
    secrets.add(wrong)
    const replaced = await run(['clients', 'secret', 'birdview-practice-app', '--client-secret-stdin'], [wrong])
    expect(replaced).toMatchObject({ code: 1, stderr: expect.stringMatching(/grantdesk clients secret [\w-]+/) })
    expect(replaced.stderr).not.toContain('Reconnect')
    const [, id = ''] = /clients secret ([\w-]+)/.exec(replaced.stderr) ?? []
    expect((await run(['refresh', 'machine'])).stderr).toContain(`“grantdesk clients secret ${id}”`)
    const right = await run(['clients', 'secret', id, '--client-secret-stdin'], [secretOf(serviceOf('birdview'))])
    expect({ code: right.code, stderr: right.stderr }).toEqual({ code: 0, stderr: '' })
  })

  it.each([
    ['connect', 'birdview', '--grant', 'password', '--username', 'ada', '--password', 'typed-0123456789'],
    ['connect', 'plane', '--grant', 'api_key', '--token', 'typed-0123456789'],
    ['clients', 'secret', 'birdview-practice-app', '--client-secret', 'typed-0123456789'],
  ])('is no argument: %s %s %s %s', async (...parameters) => {
    const { code, stderr } = await grantdesk.run(parameters)
    expect({ code, told: stderr.includes('typed-0123456789') }).toEqual({ code: 2, told: false })
  })
})

it('an app that was installed before its token was refused goes on without the browser', async () => {
  const plane = serviceOf('plane')
  const wrong = 'not-the-secret-of-the-bot-0123456789'
  secrets.add(wrong)
  const bot = connecting(plane, '--grant', 'bot_token', '--redirect-port', '0', '--name', 'bot')
  const running = start(bot, [wrong])
  await (await fetch(await consent(running, 'ada'))).text()
  const { code, stderr } = await running.ended
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('grantdesk clients secret') })
  const [, installation = ''] = /--installation ([\w-]+)/.exec(stderr) ?? []
  const ended = await run([...bot, '--installation', installation], [secretOf(plane)])
  expect(ended.stdout).not.toContain('"event":"authorize"')
  expect(connectionIn(ended)).toMatchObject({ grant: 'bot_token', workspace: { slug: 'practice-one' } })
})

it('PKCE that is off stays so with a warning at each attempt, until one option uses it again', async () => {
  const plannr = serviceOf('plannr')
  const warned: boolean[] = []
  const kept: string[] = []
  for (const more of [['--pkce', 'off'], [], ['--pkce', 'S256']]) {
    const { code, stderr } = await throughBrowser(plannr, 'ada', '--name', `pkce ${warned.length}`, ...more)
    expect(code).toBe(0)
    warned.push(stderr.includes('Without PKCE'))
    kept.push(/ (S256|off) +\d/.exec((await run(['clients'])).stdout.split(plannr.baseUrl)[1] ?? '')?.[1] ?? '')
  }
  expect({ warned, kept }).toEqual({ warned: [true, true, false], kept: ['off', 'off', 'S256'] })
})

describe('a code that the service shows', () => {
  const outOfBand = (...more: string[]) => connecting(serviceOf('planio'), '--out-of-band', ...more)

  it('is pasted on standard input, and what is no code is answered while it waits', async () => {
    const planio = serviceOf('planio')
    const running = start(outOfBand('--name', 'pasted'), [secretOf(planio)], true)
    const { redirect_uri: redirectUri } = await announced(running, 'authorize')
    expect(redirectUri).toBe('urn:ietf:wg:oauth:2.0:oob')
    running.child.stdin?.write('this is no code\n')
    await expect.poll(() => running.stderr()).toContain('There is no code in what was pasted')
    const code = (await consent(running, 'ada')).searchParams.get('code') ?? ''
    secrets.add(code)
    running.child.stdin?.write(`${code}\n`)
    const ended = await running.ended
    expect(ended.code).toBe(0)
    expect(JSON.parse(ended.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      connection: { name: 'pasted', account: { name: 'Ada Practice' } },
    })
  })

  it('is never the passphrase, which a host that is open already leaves unread', async () => {
    const host = grantdesk.start(['serve', '--passphrase-stdin'], { input: `${passphrase}\n` })
    await host.line((line) => line.includes('http://127.0.0.1'))
    const { baseUrl } = serviceOf('planio')
    const running = start(
      ['connect', 'planio', '--base-url', baseUrl, '--out-of-band', '--name', 'pasted too', '--json'],
      [],
      true,
    )
    const code = (await consent(running, 'ada')).searchParams.get('code') ?? ''
    secrets.add(code)
    running.child.stdin?.write(`${code}\n`)
    const { code: exit, stderr } = await running.ended
    host.child.kill('SIGTERM')
    await host.ended
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: expect.not.stringContaining('no code') })
  })

  it('that never comes ends the attempt, in a sentence that says how to give it', async () => {
    const { code, stderr } = await run(outOfBand(), [secretOf(serviceOf('planio'))])
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Write the code to standard input'),
    })
  })
})

describe('tokens of another account', () => {
  const reconnect = (what: string) =>
    throughBrowser(serviceOf('planio'), 'alice', '--reconnect', 'mine', '--if-other-account', what)

  const held = async () => {
    const connections = (await list()).filter(({ service, name }) => service === 'planio' && !name.startsWith('pasted'))
    return connections.map(({ account }) => account?.name).sort()
  }

  it('are forgotten, kept apart or put into the connection, as was said beforehand', async () => {
    connectionIn(await throughBrowser(serviceOf('planio'), 'ada', '--name', 'mine'))
    const { code, stdout, stderr } = await reconnect('discard')
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('The new tokens are forgotten.'),
    })
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      event: 'discarded',
      connection: { name: 'mine', account: { name: 'Ada Practice' } },
    })
    expect(stderr).toContain('You signed in as Alice Practice; this connection is Ada Practice’s.')
    expect((await reconnect('keep')).stderr).toContain('Kept as a connection of its own.')
    expect(await held()).toEqual(['Ada Practice', 'Alice Practice'])

    expect((await reconnect('replace')).stderr).toContain('Replaced.')
    expect(await held()).toEqual(['Alice Practice', 'Alice Practice'])
  })
})

describe('clients secret', () => {
  const clientId = 'birdview-practice-app'

  it('replaces it for all its connections, and says which of them work', async () => {
    const replaced = serviceOf('birdview').resetClientSecret(clientId)
    secrets.add(replaced).add('a-wrong-new-secret')
    const parameters = ['clients', 'secret', clientId, '--client-secret-stdin']
    const wrong = await run(parameters, ['a-wrong-new-secret'])
    expect(wrong).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/person +refused/),
      stderr: expect.stringContaining('The service refuses 2 of 2.'),
    })

    const { code, stdout } = await run(parameters, [replaced])
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/person +works/) })
    expect(stdout).toMatch(/machine +works/)
  })

  it('leaves the rest of the client as it was', async () => {
    const plannr = serviceOf('plannr')
    connectionIn(await throughBrowser(plannr, 'ada', '--pkce', 'plain', '--name', 'adviser'))
    const clientOf = async () => {
      const clients: { serviceId: string }[] = JSON.parse((await run(['clients', '--json'])).stdout)
      return clients.find(({ serviceId }) => serviceId === 'plannr')
    }
    const before = await clientOf()
    expect(before).toMatchObject({ pkce: 'plain', redirect: { mode: 'ephemeral' }, hasSecret: true })
    expect(
      (await run(['clients', 'secret', 'plannr-practice-app', '--client-secret-stdin'], [secretOf(plannr)])).code,
    ).toBe(0)
    expect(await clientOf()).toEqual(before)
  })
})

describe('workspace', () => {
  it('lists what the connection reaches, and chooses the one that every request is for', async () => {
    const workspaces: { id: string; name: string }[] = JSON.parse(
      (await run(['workspace', 'adviser', '--json'])).stdout,
    )
    expect(workspaces.map(({ name }) => name).sort()).toEqual(['Practice Advice', 'Practice Household'])
    const chosen = await run(['workspace', 'adviser', 'Practice Household'])
    expect(chosen).toMatchObject({ code: 0, stdout: expect.stringContaining('works in Practice Household') })
    expect((await run(['workspace', 'adviser'])).stdout).toMatch(/\n\* +Practice Household/)
    const { stdout } = await run(['request', 'adviser', 'GET', '/api/v1/account?per_page=5'])
    expect(JSON.parse(stdout).data).toEqual([expect.objectContaining({ name: 'Practice Household' })])
  })

  it('that the connection does not reach is named as such', async () => {
    const { code, stderr } = await run(['workspace', 'adviser', 'Nowhere'])
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('It reaches: Practice') })
  })
})

describe('a device code', () => {
  let server: ForeignServer
  beforeAll(async () => {
    server = await startForeignServer(oidcProvider.program)
  })
  afterAll(() => server.stop())

  it('is printed, entered on the server’s own page, and connects', async () => {
    const file = join(grantdesk.folder, '..', 'strict-server.json')
    writeFileSync(file, JSON.stringify(oidcProvider.service))
    expect((await run(['services', 'import', file])).code).toBe(0)
    const client = ['--client-id', 'all', '--client-auth', 'basic', '--client-secret-stdin']
    const parameters = ['connect', 'strict-server', '--base-url', server.baseUrl, '--grant', 'device', ...client]
    const running = start([...parameters, '--no-browser', '--json', '--name', 'device'], [oddSecret])
    const device = await announced(running, 'device')
    const { user_code: userCode, verification_uri: address = '' } = device
    expect(device.verification_uri_complete).toBe(`${address}?user_code=${userCode}`)
    await new PlainSession().visit(address, { userCode })
    expect(connectionIn(await running.ended)).toMatchObject({ grant: 'device', account: { name: 'alice' } })
  })
})

it('none of it stands in the folder, on the screen or among the arguments', async () => {
  const files = readdirSync(grantdesk.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'))
  const texts = [...files, ...argued, ...seen.map(({ stdout, stderr }) => stdout + stderr)]
  const found = [...secrets].filter((secret) => texts.some((text) => text.includes(secret)))
  expect(found).toEqual([])
  expect(seen.length).toBeGreaterThan(20)
})
