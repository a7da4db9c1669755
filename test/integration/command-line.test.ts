// A new user's way on the command line, from the first passphrase to a revoked token, with real processes.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Practice, type PracticeService, startPractice } from '../../practice/index.ts'
import { openTestServer, type TestServer } from '../support/test-server.ts'
import {
  commandLine,
  type Ended,
  openTestCommandLine,
  passphrase,
  type Running,
  type TestCommandLine,
} from './grantdesk-process.ts'
import { visit } from './practice-browser.ts'

let practice: Practice
let plane: PracticeService
let planio: PracticeService
const commandLines: TestCommandLine[] = []

beforeAll(async () => {
  practice = await startPractice()
  const find = (id: string) => practice.services.find((service) => service.id === id) as PracticeService
  plane = find('plane')
  planio = find('planio')
})
afterAll(async () => {
  for (const grantdesk of commandLines) await grantdesk.close()
  await practice.close()
})

function newCommandLine(): TestCommandLine {
  const grantdesk = openTestCommandLine()
  commandLines.push(grantdesk)
  return grantdesk
}

const clientOf = (service: PracticeService) => service.clients[0] ?? { clientId: '', clientSecret: '' }

const connectParameters = (service: PracticeService) => [
  'connect',
  service.id,
  ...[
    '--base-url',
    service.baseUrl,
    '--client-id',
    clientOf(service).clientId,
    '--redirect-port',
    '0',
    '--no-browser',
    '--json',
  ],
]

function startConnect(grantdesk: TestCommandLine, service: PracticeService, more: string[] = []): Running {
  const parameters = [...connectParameters(service), '--passphrase-stdin', '--client-secret-stdin', ...more]
  return grantdesk.start(parameters, { input: `${passphrase}\n${clientOf(service).clientSecret}\n` })
}

async function authorizationUrl(connecting: Running): Promise<string> {
  return JSON.parse(await connecting.line((line) => line.includes('"authorize"'))).url
}

async function allow(connecting: Running, account = 'ada'): Promise<Ended> {
  const { redirect } = await visit(await authorizationUrl(connecting), { account })
  await fetch(redirect ?? '')
  return connecting.ended
}

const spellings = (secret: string) => {
  const bytes = Buffer.from(secret)
  return [secret, bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url'), bytes.toString('hex')]
}

function filesOf(folder: string): [path: string, bytes: string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => [path, readFileSync(path, 'latin1')])
}

describe('the whole way through practice Plane', () => {
  const grantdesk = newCommandLine()
  const seen: Ended[] = []
  let token = ''

  const remember = async (ended: Promise<Ended>) => {
    const result = await ended
    seen.push(result)
    return result
  }
  const command = (...parameters: string[]) => remember(grantdesk.unlocked(parameters))

  it('connects, with the address at once and nothing secret among the arguments', async () => {
    const connecting = startConnect(grantdesk, plane)
    const url = new URL(await authorizationUrl(connecting))
    expect(url.searchParams.get('code_challenge_method')).toBe('S256')
    expect(url.searchParams.get('state')).toMatch(/^[\w-]{22,}$/)
    const { redirect_uri: redirectUri } = JSON.parse(connecting.stdout().split('\n')[0] ?? '')
    expect(redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/)
    expect(url.searchParams.get('redirect_uri')).toBe(redirectUri)
    if (process.platform === 'linux') {
      for (const place of ['cmdline', 'environ']) {
        const text = readFileSync(`/proc/${connecting.child.pid}/${place}`, 'utf8')
        for (const secret of [passphrase, clientOf(plane).clientSecret ?? '']) expect(text).not.toContain(secret)
      }
    }
    const { code, stdout, stderr } = await remember(allow(connecting))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const last = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
    expect(last).toMatchObject({ event: 'connected', connection: { service: 'plane', state: 'active' } })
  })

  it('lists it in exactly the promised shape', async () => {
    const [connection] = JSON.parse((await command('list', '--json')).stdout)
    expect(connection).toEqual({
      id: expect.any(String),
      name: expect.stringContaining('ada'),
      service: 'plane',
      baseUrl: plane.baseUrl,
      account: expect.objectContaining({ name: 'ada', email: 'ada@practice.example' }),
      workspace: expect.objectContaining({ slug: 'practice-one' }),
      grant: 'user_token',
      state: 'active',
      scopes: { requested: ['read', 'write'], granted: ['read', 'write'] },
      expiresAt: expect.any(Number),
      neverExpires: false,
      refreshable: true,
      waiting: null,
      apiAnswer: { of: 'account', status: 200, at: expect.any(Number), why: null },
      tags: [],
    })
    const { stdout } = await command('list')
    expect(stdout).toMatch(
      /^NAME +SERVICE +ACCOUNT +STATE +EXPIRES\nada.* +Plane +ada in Practice One +active +in 24 h\n$/,
    )
    expect(stdout).not.toContain('\u001b')
    expect((await command('show', 'ada')).stdout).toMatch(
      /Requested +read write\nGranted +read write\nReported +read write\n/,
    )
    expect(JSON.parse((await command('show', 'ada', '--json')).stdout)).toMatchObject({ id: connection.id })
  })

  it('prints the access token alone', async () => {
    const { code, stdout } = await grantdesk.unlocked(['token', 'ada'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^pln_[\w-]+\n$/)
    token = stdout.trim()
    const answer = await fetch(`${plane.baseUrl}/api/v2/users/me/`, { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(200)
  })

  it('sends a test request', async () => {
    const { code, stdout } = await command('request', 'ada', 'get', '/api/v2/users/me/')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ email: 'ada@practice.example' })
    const full = await command('request', 'ada', 'GET', '/api/v2/users/me/', '--json', '--header', 'X-One: 1')
    expect(JSON.parse(full.stdout)).toMatchObject({ status: 200, format: 'json' })
    const included = await command('request', 'ada', 'GET', '/api/v2/users/me/', '-i')
    expect(included.stdout).toMatch(/^HTTP 200 OK\n.*content-type: application\/json\n.*\n\n\{/s)
  })

  it('says no in the server’s words, with exit code 1', async () => {
    const { code, stderr } = await command('request', 'ada', 'GET', '/api/v1/nothing/here/')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^grantdesk: 404/)
    const elsewhere = await command('request', 'ada', 'GET', 'http://127.0.0.1:1/')
    expect(elsewhere).toMatchObject({ code: 1, stderr: expect.stringContaining('sent nowhere else') })
  })

  it('ends with the same code when the reader of its pipe has gone', async () => {
    const input = `${passphrase}\n`
    const running = grantdesk.start(
      ['request', 'ada', 'GET', '/api/v1/nothing/here/', '--json', '--passphrase-stdin'],
      {
        input,
      },
    )
    running.child.stdout?.destroy()
    expect(await remember(running.ended)).toMatchObject({ code: 1, stderr: expect.stringMatching(/^grantdesk: 404/) })
  })

  it.skipIf(!existsSync('/dev/full'))('says in a sentence that its output cannot be written', async () => {
    const command = `exec "$0" "$@" > /dev/full`
    const parameters = ['-c', command, process.execPath, commandLine, 'token', 'ada', '--passphrase-stdin']
    const env = { PATH: process.env.PATH, HOME: grantdesk.folder, GRANTDESK_HOME: grantdesk.folder }
    const { status, stderr } = spawnSync('sh', parameters, { input: `${passphrase}\n`, env, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'grantdesk: Standard output cannot be written (ENOSPC).\n',
    })
  })

  it('refreshes to another token', async () => {
    expect(await command('refresh', 'ada')).toMatchObject({ code: 0, stdout: expect.stringContaining('in 24 h') })
    const { stdout } = await grantdesk.unlocked(['token', 'ada'])
    expect(stdout.trim()).not.toBe(token)
  })

  it('shows every step of every flow, with no secret in it', async () => {
    const flows = JSON.parse((await command('flows', 'ada', '--json')).stdout)
    const kinds = new Set(flows.map((flow: { kind: string }) => flow.kind))
    expect(kinds).toEqual(new Set(['connect', 'request', 'refresh']))
    const connecting = flows.find((flow: { kind: string }) => flow.kind === 'connect')
    expect(connecting.events.length).toBeGreaterThanOrEqual(4)
    expect((await command('flows', 'ada')).stdout).toMatch(
      /refresh +succeeded.*\n +✓ Refresh the access token +POST .* 200 /,
    )
  })

  it('shows one flow by the beginning of its id, and writes it as HAR and as a picture', async () => {
    const [flow] = JSON.parse((await command('flows', 'ada', '--json')).stdout)
    const shown = await command('flow', 'show', flow.id.slice(0, 8))
    expect(shown.stdout).toContain(flow.id.slice(0, 8))
    expect(JSON.parse((await command('flow', 'show', flow.id, '--json')).stdout)).toEqual(flow)
    const file = join(mkdtempSync(join(tmpdir(), 'grantdesk-flow-')), 'flow.har')
    expect(await command('flow', 'show', flow.id, '--har', file)).toMatchObject({ code: 0, stdout: '' })
    expect(JSON.parse(readFileSync(file, 'utf8')).log).toMatchObject({ version: '1.2', creator: { name: 'Grantdesk' } })
    const picture = join(mkdtempSync(join(tmpdir(), 'grantdesk-flow-')), 'flow.svg')
    expect(await command('flow', 'show', flow.id, '--svg', picture)).toMatchObject({ code: 0, stdout: '' })
    expect(readFileSync(picture, 'utf8')).toMatch(/^<svg [\s\S]*Authorization server[\s\S]*<\/svg>\n$/)
    expect(await command('flow', 'show', flow.id, '--har', file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--force'),
    })
    expect((await command('flow', 'import', file)).stdout).toContain(flow.id.slice(0, 8))
    expect((await command('flow', 'import', file, '--json')).stdout).toContain(`"id":"${flow.id}"`)
    writeFileSync(file, '{"log":{"entries":[{"request":{"url":"https://a.example/"}}')
    expect(await command('flow', 'import', file)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/No OAuth login is in it, among 1 request[\s\S]*cut off/),
    })
    expect(await command('flow', 'show', 'no-such')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no such flow.'),
    })
  })

  it('revokes, and asks the API whether it did', async () => {
    const current = (await grantdesk.unlocked(['token', 'ada'])).stdout.trim()
    const { code, stdout } = await command('revoke', 'ada', '--json')
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, outcome: 'revoked' })
    const answer = await fetch(`${plane.baseUrl}/api/v2/users/me/`, { headers: { authorization: `Bearer ${current}` } })
    expect(answer.status).toBe(401)
    expect(JSON.parse((await command('list', '--json')).stdout)).toMatchObject([{ state: 'revoked' }])
  })

  it('left nothing secret in the folder or on the screen', async () => {
    const secrets = [passphrase, clientOf(plane).clientSecret ?? '', token]
    const files = filesOf(grantdesk.folder)
    // Its home is the folder, so compiled code lies in it as well.
    const paths = files.map(([path]) => path).filter((path) => !path.includes('/.cache/grantdesk/compiled/'))
    const documents = paths.filter((path) => !path.startsWith(join(grantdesk.folder, 'logs')))
    expect(documents.sort()).toEqual(['vault.copy.json', 'vault.json'].map((name) => join(grantdesk.folder, name)))
    expect(statSync(grantdesk.folder).mode & 0o777).toBe(0o700)
    for (const path of paths) expect(statSync(path).mode & 0o777).toBe(0o600)
    for (const spelling of secrets.flatMap(spellings)) {
      for (const [, bytes] of files) expect(bytes).not.toContain(spelling)
      for (const { stdout, stderr } of seen) expect(stdout + stderr).not.toContain(spelling)
    }
    expect(secrets.every((secret) => secret.length > 8)).toBe(true)
  })
})

describe('several connections', () => {
  const grantdesk = newCommandLine()

  it('come of one stored client and two accounts', async () => {
    expect((await allow(startConnect(grantdesk, planio, ['--name', 'first']))).code).toBe(0)
    const again = grantdesk.start(
      ['connect', 'planio', '--no-browser', '--json', '--name', 'fi2', '--passphrase-fd', '3'],
      {
        descriptors: [passphrase],
      },
    )
    expect((await allow(again, 'alice')).code).toBe(0)
    const listed = JSON.parse((await grantdesk.unlocked(['list', '--json'])).stdout)
    expect(listed.map(({ name }: { name: string }) => name).sort()).toEqual(['fi2', 'first'])
    expect(new Set(listed.map(({ account }: { account: { id: string } }) => account.id)).size).toBe(2)
  })

  it('are named when a name is short of one', async () => {
    expect(await grantdesk.unlocked(['show', 'fi'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/first at Planio.*fi2 at Planio|fi2 at Planio.*first at Planio/),
    })
    expect((await grantdesk.unlocked(['show', 'FIR'])).code).toBe(0)
  })

  it('bear commands at the same moment', async () => {
    const answers = await Promise.all(['first', 'fi2', 'first'].map((name) => grantdesk.unlocked(['token', name])))
    expect(answers.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(answers[0]?.stdout).toBe(answers[2]?.stdout)
  })
})

describe('an attempt that comes to nothing', () => {
  it('denied, says the server’s words and stores no connection', async () => {
    const grantdesk = newCommandLine()
    const connecting = startConnect(grantdesk, plane)
    const { redirect } = await visit(await authorizationUrl(connecting), { decision: 'deny' })
    await fetch(redirect ?? '')
    expect(await connecting.ended).toMatchObject({ code: 1, stderr: expect.stringContaining('access_denied') })
    expect((await grantdesk.unlocked(['list', '--json'])).stdout).toBe('[]\n')
  })

  it('cancelled by Ctrl-C, lets go of the port and the vault', async () => {
    const grantdesk = newCommandLine()
    const connecting = startConnect(grantdesk, plane)
    const redirectUri = new URL(await authorizationUrl(connecting)).searchParams.get('redirect_uri') ?? ''
    connecting.child.kill('SIGINT')
    expect(await connecting.ended).toMatchObject({ code: 1, stderr: expect.stringContaining('cancelled') })
    await expect(fetch(redirectUri)).rejects.toThrow()
    expect(readdirSync(grantdesk.folder).sort()).toEqual(['logs', 'vault.copy.json', 'vault.json'])
  })

  it('with a wrong client secret, says so', async () => {
    const grantdesk = newCommandLine()
    const connecting = grantdesk.start(
      [...connectParameters(plane), '--passphrase-fd', '3', '--client-secret-fd', '4'],
      {
        descriptors: [passphrase, 'wrong-secret-of-this-test'],
      },
    )
    const { code, stderr } = await allow(connecting)
    expect(code).toBe(1)
    expect(stderr).toMatch(/^grantdesk: .*\n/)
    expect(stderr).not.toContain('wrong-secret-of-this-test')
  })

  it('lets other commands through while it waits', async () => {
    const grantdesk = newCommandLine()
    const connecting = startConnect(grantdesk, plane)
    await authorizationUrl(connecting)
    expect(await grantdesk.run(['list', '--json'])).toEqual({ code: 0, stdout: '[]\n', stderr: '' })
    connecting.child.kill('SIGTERM')
    expect((await connecting.ended).code).toBe(1)
  })
})

describe('the vault without a keychain', () => {
  const grantdesk = newCommandLine()

  it('asks for a passphrase, says why, and makes nothing without one', async () => {
    const { code, stderr } = await grantdesk.run(['vault', 'passphrase'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/^grantdesk: A passphrase is needed to make the vault: .+\nGive it by --passphrase-stdin/)
    expect(existsSync(grantdesk.folder)).toBe(false)
  })

  it('refuses a short one and a wrong one', async () => {
    expect((await grantdesk.run(['vault', 'passphrase', '--passphrase-stdin'], { input: 'short\n' })).code).toBe(1)
    await grantdesk.makeVault()
    const wrong = await grantdesk.run(['list', '--passphrase-stdin'], { input: 'another passphrase\n' })
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('not the passphrase') })
    expect(await grantdesk.run(['list'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('The vault is locked'),
    })
  })

  it('is not needed to see the services', async () => {
    const services = JSON.parse((await grantdesk.run(['services', '--json'])).stdout)
    expect(services.map(({ id }: { id: string }) => id)).toEqual([
      'plane',
      'planio',
      'plannr',
      'agile-planner',
      'birdview',
      ...['gitlab', 'github', 'linear', 'jira-cloud', 'gitea'],
    ])
    expect((await grantdesk.run(['services'])).stdout).toMatch(/^ID +NAME/)
  })

  it('is not needed to see the schema of a description, which an export names', async () => {
    const { code, stdout } = await grantdesk.run(['services', 'schema'])
    expect([code, JSON.parse(stdout).title]).toEqual([0, expect.stringContaining('A service of Grantdesk')])
    const exported = await grantdesk.run(['services', 'export', 'plane'])
    expect(JSON.parse(exported.stdout).$schema).toBe('./service-description.v2.schema.json')
  })

  it('takes a service from a file', async () => {
    const [first] = JSON.parse((await grantdesk.run(['services', '--json'])).stdout)
    const { origin, ...description } = first
    const file = join(grantdesk.folder, '..', 'own.json')
    writeFileSync(file, JSON.stringify({ ...description, id: 'own', name: 'Own' }))
    expect(origin).toBe('built_in')
    expect(await grantdesk.unlocked(['services', 'import', file])).toMatchObject({ code: 0 })
    const { stdout } = await grantdesk.unlocked(['services', '--json'])
    expect(JSON.parse(stdout).at(-1)).toMatchObject({ id: 'own', origin: 'imported' })
    expect(await grantdesk.unlocked(['services', 'import', `${file}.not`])).toMatchObject({ code: 1 })
    writeFileSync(file, JSON.stringify({ ...description, id: 'own', name: 'Other' }))
    const again = await grantdesk.unlocked(['services', 'import', file])
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('To replace: --replace') })
    expect(await grantdesk.unlocked(['services', 'import', file, '--replace'])).toMatchObject({ code: 0 })
  })
})

describe('discovery', () => {
  const grantdesk = newCommandLine()
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer(({ path, headers }) => {
      const [, tenant] = /^\/\.well-known\/oauth-authorization-server(\/t\d)$/.exec(path) ?? []
      const issuer = `http://${headers.host}${tenant}`
      if (!tenant) return { status: 404 }
      return { json: { issuer, authorization_endpoint: `${issuer}/a`, token_endpoint: `${issuer}/t` } }
    })
  })
  afterAll(() => server.close())

  const discover = (tenant: string, ...more: string[]) =>
    grantdesk.unlocked(['services', 'discover', `${server.baseUrl}/${tenant}`, '--import', ...more])
  const own = async () =>
    JSON.parse((await grantdesk.unlocked(['services', '--json'])).stdout)
      .filter(({ origin }: { origin: string }) => origin === 'imported')
      .map(({ id, name }: { id: string; name: string }) => [id, name])

  it('keeps two issuers of one host, each under a name of its own', async () => {
    const { host, port } = new URL(server.baseUrl)
    for (const tenant of ['t1', 't2', 't1']) expect(await discover(tenant)).toMatchObject({ code: 0 })
    expect((await own()).toSorted()).toEqual(['t1', 't2'].map((one) => [`127-0-0-1-${port}-${one}`, `${host}/${one}`]))
  })

  it('asks before one takes another’s place, and takes another id and name', async () => {
    expect(await discover('t1', '--id', 'forge', '--name', 'Forge')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Added Forge. Connect it by “grantdesk connect forge”.'),
    })
    const refused = await discover('t2', '--id', 'forge')
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/already \(Forge\).*--replace.*--id/s) })
    expect(await discover('t2', '--id', 'forge', '--name', 'Second', '--replace')).toMatchObject({ code: 0 })
    expect(await own()).toContainEqual(['forge', 'Second'])
  })
})

describe('wrong usage ends with 2 and a sentence', () => {
  const grantdesk = newCommandLine()
  const wrong: string[][] = [
    [],
    ['nothing'],
    ['list', '--nothing'],
    ['token'],
    ['token', 'a', 'b'],
    ['connect', 'plane', '--client-auth', 'other'],
    ['connect', 'plane', '--redirect-port', '70000'],
    ['list', '--passphrase-fd', 'x'],
    ['request', 'a', 'FETCH', '/'],
    ['request', 'a', 'GET', '/', '--header', 'nothing'],
    ['list', '--passphrase-stdin', '--passphrase-fd', '3'],
    ['vault', 'keep', '--flows', '99'],
    ['vault', 'keep', '--history', '100001'],
  ]
  it.each(wrong.map((parameters) => [parameters.join(' '), parameters] as const))('“%s”', async (_, parameters) => {
    const { code, stdout, stderr } = await grantdesk.run([...parameters])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.trim()).not.toBe('')
  })

  it('and does not repeat a secret given as an argument', async () => {
    const { code, stderr } = await grantdesk.run(['connect', 'plane', '--client-secret=s3cr3t-value'])
    expect(code).toBe(2)
    expect(stderr).not.toContain('s3cr3t-value')
  })
})

it('helps without a vault, quickly enough to be asked often', async () => {
  const grantdesk = newCommandLine()
  const { code, stdout } = await grantdesk.run(['--help'])
  expect(code).toBe(0)
  expect(stdout).toContain('Usage: grantdesk')
  const connect = (await grantdesk.run(['connect', '--help'])).stdout
  expect(connect).toContain('--client-secret-stdin')
  expect(connect).not.toContain('default: []')
  expect((await grantdesk.run(['vault', 'keep', '--help'])).stdout).toContain('flows in all, at least 100')
  expect((await grantdesk.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

it('keeps quiet when the reader of a pipe goes away', async () => {
  const grantdesk = newCommandLine()
  const running = grantdesk.start(['services', '--json'])
  running.child.stdout?.destroy()
  expect(await running.ended).toMatchObject({ code: 0, stderr: '' })
})

it('prints the practice services and stops when told to', async () => {
  const grantdesk = newCommandLine()
  const running = grantdesk.start(['practice', '--json'])
  const { services } = JSON.parse(await running.line((line) => line.startsWith('{')))
  expect(services.map(({ id }: { id: string }) => id)).toEqual(practice.services.map(({ id }) => id))
  // Its front page says what to type.
  expect(await (await fetch(services[0].baseUrl)).text()).toContain('plane-practice-app')
  running.child.kill('SIGINT')
  expect(await running.ended).toMatchObject({ code: 0, stderr: '' })
  const taken = new URL(plane.baseUrl).port
  expect(await grantdesk.run(['practice', '--port', taken])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(taken),
  })
})
