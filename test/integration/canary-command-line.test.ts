// Canary, on the command line: every command with seeded secrets, through a running `grantdesk serve` and by itself, in success
// and in failure. What they printed, wrote into any file, sent, told each other or were given as arguments and environment is
// searched: the access token stands in what `token` printed, and nowhere else.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRemoteDoor } from '../../core/door/remote-door.ts'
import { sentByOtherWays, sentByWeakClient, sentToBeRevoked, sentToItsOwn } from '../support/canary/allow-list.ts'
import { type AllowedPlace, Capture } from '../support/canary/capture.ts'
import { SeededSecrets } from '../support/canary/seeded-secrets.ts'
import { type CanaryService, grantIds, startCanaryService } from '../support/canary/service.ts'
import { watchFolder, watchProcesses } from '../support/canary/watching.ts'
import { until } from '../support/child.ts'
import { fakeBrowser, nextAddress } from '../support/system-browser.ts'
import { type Ended, openTestCommandLine, type Running, type StartOptions } from './grantdesk-process.ts'

const allowList: AllowedPlace[] = [
  ...sentToItsOwn('one'),
  ...sentByOtherWays('one'),
  ...sentByWeakClient('one'),
  ...sentToBeRevoked('one'),
  { place: /^output of token$/, kind: /access token$/, why: 'token' },
  { place: /^output of connect$/, kind: /state$/, why: 'the authorization URL, to be opened anywhere' },
  { place: /^change on the socket$/, kind: /state$/, why: 'the authorization URL, in the attempt' },
  { place: /^one POST \/echo header x-api-key$/, kind: /^typed header$/, why: 'a header that was given is sent' },
  { place: /^one POST \/echo body$/, kind: /^typed body$/, why: 'a body that was given is sent' },
  { place: /^output of serve$/, kind: /^serve token$/, why: 'the printed address lets a browser in' },
  { place: /^the browser$/, kind: /^serve ticket$/, why: 'the browser that is opened is let in' },
  {
    place: /^the vault’s folder: open-.*\.html$/,
    kind: /^serve ticket$/,
    why: 'by a page that only this person can read',
  },
  { place: /^files that were made: opened$/, kind: /^serve ticket$/, why: 'the browser of this test writes it down' },
  { place: /^the entrance$/, kind: /^serve (?:cookie|proof)$/, why: 'a tab that is let in gets cookie and proof' },
]

const secrets = new SeededSecrets()
const capture = new Capture()
const home = mkdtempSync(join(tmpdir(), 'grantdesk-canary-'))
const grantdesk = openTestCommandLine()
const ends: (() => void)[] = []
const ran = new Set<string>()
const passphrase = secrets.seed('passphrase', ' é"\\<')
const nextPassphrase = secrets.seed('passphrase')
const backupPassphrase = secrets.seed('backup passphrase')
const typedHeader = secrets.seed('typed header', '+/=~')
const typedBody = secrets.seed('typed body', '"<\\')
let one: CanaryService

function started(running: Running, parameters: string[]): Running {
  const [command = '', sub = ''] = parameters
  ran.add(command).add(`${command} ${sub}`)
  void running.ended.then(({ stdout, stderr }) => capture.add(`output of ${command}`, stdout + stderr))
  return running
}

function start(parameters: string[], options: StartOptions = {}): Running {
  return started(grantdesk.start(parameters, options), parameters)
}

/** Runs a command that reads the vault's passphrase and then `lines` from standard input. */
async function run(parameters: string[], lines: string[] = [], opens = passphrase): Promise<Ended> {
  const input = [opens, ...lines].map((line) => `${line}\n`).join('')
  return start([...parameters, '--passphrase-stdin'], { input }).ended
}

async function well(parameters: string[], lines: string[] = []): Promise<Ended> {
  const ended = await run(parameters, lines)
  if (ended.code !== 0) throw new Error(`${parameters[0]}: ${ended.stderr}`)
  return ended
}

async function badly(parameters: string[], lines: string[] = [], opens = passphrase): Promise<void> {
  const { code } = await run(parameters, lines, opens)
  if (code === 0) throw new Error(`${parameters.join(' ')} succeeded`)
}

const connecting = (grant: string, name: string) => [
  ...['connect', one.id, '--base-url', one.baseUrl, '--client-id', 'us', '--grant', grant, '--name', name],
  ...['--redirect-port', '0', '--no-browser', '--json', '--client-secret-stdin'],
]

async function connectByCode(name: string): Promise<Ended> {
  const parameters = [...connecting(grantIds.code, name), '--passphrase-stdin']
  const running = start(parameters, { input: `${passphrase}\n${one.clientSecret}\n` })
  const { url } = JSON.parse(await running.line((line) => line.includes('"authorize"')))
  capture.add('the page after the redirect', await (await fetch(url)).text())
  return running.ended
}

async function serve(): Promise<Running> {
  mkdirSync(join(home, 'bin'))
  const browser = fakeBrowser(join(home, 'bin'))
  const env = { PATH: `${browser.folder}:${process.env.PATH}`, DISPLAY: ':77', NODE_DEBUG: 'http,net,tls,fetch,undici' }
  const running = start(['serve', '--open', '--passphrase-stdin'], { input: `${passphrase}\n`, env })
  const address = new URL((await running.line((line) => line.includes('http://127.0.0.1'))).trim())
  secrets.add('serve token', address.searchParams.get('token') ?? '')
  const opened = await nextAddress(browser.opened, 0)
  capture.add('the browser', opened)
  secrets.add('serve ticket', new URL(opened).searchParams.get('ticket') ?? '')
  const entrance = await fetch(address, { redirect: 'manual' })
  const [cookie = '', location = ''] = [entrance.headers.get('set-cookie'), entrance.headers.get('location')]
  capture.add('the entrance', `${cookie}\n${location}`)
  secrets.add('serve cookie', /=([^;]+)/.exec(cookie ?? '')?.[1] ?? '')
  secrets.add('serve proof', /proof=(.+)/.exec(location ?? '')?.[1] ?? '')
  const door = await openRemoteDoor(grantdesk.folder)
  door?.listen((change) => capture.add('change on the socket', JSON.stringify(change)))
  ends.push(() => door?.close())
  return running
}

async function connectAll(): Promise<void> {
  expect((await connectByCode('by code')).code).toBe(0)
  await well(connecting(grantIds.client, 'by client'), [one.clientSecret])
  const password = [...connecting(grantIds.password, 'by password'), '--username', 'ada', '--password-stdin']
  await well(password, [one.clientSecret, one.password])
  await well(connecting(grantIds.device, 'by device'), [one.clientSecret])
  const key = [
    'connect',
    one.id,
    '--base-url',
    one.baseUrl,
    '--grant',
    grantIds.key,
    '--name',
    'by key',
    '--token-stdin',
  ]
  await well(key, [one.apiKey])
  one.tokens = 'refused'
  expect((await connectByCode('refused')).code).toBe(1)
  await badly(password, [one.clientSecret, one.password])
  one.tokens = 'broken'
  await badly(connecting(grantIds.client, 'broken'), [one.clientSecret])
  one.tokens = 'given'
}

/** A client whose secret is no more than two words: hidden where secrets stand, and said to be weak. */
async function connectWeakClient(): Promise<void> {
  for (const method of ['body', 'basic']) {
    const name = `weak by ${method}`
    const client = ['--client-id', name, '--client-auth', method, '--client-secret-stdin', '--json']
    const place = ['connect', one.id, '--base-url', one.baseUrl, '--grant', grantIds.password, '--name', name]
    const login = ['--username', 'ada', '--password-stdin']
    await well([...place, ...client, ...login], [one.weakSecret, one.password])
    await well(['refresh', name])
    const { stdout } = await well(['flows', name, '--json'])
    expect(stdout).toContain('"secret_strength"')
  }
  expect((await well(['clients'])).stdout).toMatch(/body, weak secret .*\n.*basic, weak secret/)
}

async function goThrough(): Promise<void> {
  for (const parameters of [
    ['list'],
    ['show', 'by code'],
    ['clients'],
    ['services'],
    ['services', 'schema'],
    ['history'],
    ['flows', 'by code'],
  ]) {
    await Promise.all([well(parameters), well([...parameters, '--json'])])
  }
  for (const name of ['by code', 'by key']) await well(['request', name, 'GET', '/echo', '--json'])
  await well(['token', 'by code'])
  await well(['refresh', 'by code'])
  one.tokens = 'refused'
  await badly(['refresh', 'by code'])
  one.tokens = 'given'
  await badly(['refresh', 'by key'])
  const parts = ['--headers-stdin', '--data-stdin', '-i']
  await well(
    ['request', 'by code', 'POST', '/echo', ...parts],
    [`X-Api-Key: ${typedHeader}`, '', JSON.stringify({ api_key: typedBody })],
  )
  await badly(['request', 'by code', 'POST', '/echo', ...parts], [`${typedHeader}`, '', typedBody])
  await badly(['request', 'by code', 'GET', '/refuse', '-i'])
  await well(['workspace', 'by code'])
  await well(['services', 'export', one.id])
  await badly(['services', 'discover', one.baseUrl])
  await badly(['services', 'remove', one.id])
  await well(['clients', 'check', 'us'])
  await well(['clients', 'redirect', 'us', 'http://127.0.0.1:43117/callback'])
  await well(['clients', 'secret', 'us', '--client-secret-stdin'], [secrets.seed('one client secret')])
  const flows: { id: string }[] = JSON.parse((await well(['flows', 'by code', '--json'])).stdout)
  const [last = { id: '' }, before = last] = flows
  const har = join(home, 'flow.har')
  await well([
    'flow',
    'show',
    last.id,
    '--har',
    har,
    '--html',
    join(home, 'flow.html'),
    '--svg',
    join(home, 'flow.svg'),
  ])
  await well(['flow', 'compare', last.id, before.id, '--all', '--json'])
  await well(['flow', 'import', har, '--json'])
  await run(['doctor', '--junit', join(home, 'health.xml')])
  await run(['doctor', '--json'])
  await well(['vault', '--json'])
  await well(['auto-refresh', 'by key', 'off'])
  await well(['vault', 'auto-lock', '30m', '--json'])
  await well(['vault', 'keep', '--flows', '3000', '--json'])
  await well(['services', 'certificates', one.id])
  await well(['proxy', 'off'])
  await well(['proxy', 'automatic'])
  await well(['remove', 'by device', '--yes'])
  await well(['put-back', 'by device'])
  const stored = secrets.seed('stored webhook secret')
  await well(['webhook', 'secret', 'plane', '--secret-stdin', '--json'], [stored])
  const listener = start(['webhook', 'listen', 'plane', '--json'])
  await until(() => listener.stderr().includes('Ctrl-C stops.'), 'it listens')
  const [url = ''] = /http:\S+/.exec(listener.stderr()) ?? []
  await fetch(url, { method: 'POST', body: stored, headers: { 'X-Plane-Signature': stored } })
  await listener.line((line) => line.startsWith('{'))
  listener.child.kill('SIGINT')
  await listener.ended
  const signed = [secrets.seed('webhook secret'), '{}']
  await badly(['webhook', 'verify', 'plane', '--signature', '00', '--secret-stdin'], signed)
}

async function protect(): Promise<void> {
  const file = join(home, 'backup.jwe')
  await well(['backup', file, '--password-stdin'], [backupPassphrase])
  await well(['restore', file, '--inspect', '--password-stdin'], [backupPassphrase])
  await badly(['restore', file, '--password-stdin'], [passphrase])
  await badly(['vault', 'keychain'])
  await badly(['vault', 'remove', 'nothing'])
  await badly(['vault', 'recover'])
  started(grantdesk.start(['vault', 'release', 'elsewhere']), ['vault', 'release'])
  expect((await start(['vault', 'lock']).ended).code).toBe(0)
  await well(['revoke', 'by code', '--json'])
}

/** Without a host: each command opens the vault itself. */
async function alone(): Promise<void> {
  const file = join(home, 'one.json')
  writeFileSync(file, one.description)
  await well(['services', 'import', file])
  await start(['list']).ended
  await badly(['list'], [], backupPassphrase)
}

async function practise(): Promise<void> {
  const practice = start(['practice', '--json'])
  await practice.line((line) => line !== '')
  practice.child.kill('SIGINT')
  await practice.ended
}

beforeAll(async () => {
  mkdirSync(grantdesk.folder, { recursive: true, mode: 0o700 })
  ends.push(watchProcesses(capture), watchFolder(grantdesk.folder, 'the vault’s folder', capture))
  ends.push(watchFolder(home, 'files that were made', capture))
  one = await startCanaryService('one', secrets, capture)
  await alone()
  const host = await serve()
  await connectAll()
  await connectWeakClient()
  await goThrough()
  await protect()
  host.child.kill('SIGINT')
  await host.ended
  await practise()
  await well(['vault', 'passphrase', '--password-stdin'], [nextPassphrase])
  await run(['flows', 'by key', '--json'], [], nextPassphrase)
  for (const end of ends.splice(0)) end()
})

afterAll(async () => {
  for (const end of ends) end()
  await grantdesk.close()
  await one?.close()
  rmSync(home, { recursive: true, force: true })
})

describe('the command line', () => {
  it('was used whole: every command', async () => {
    const commands: string[] = []
    for (const group of [[], ['services'], ['clients'], ['vault'], ['webhook'], ['flow']]) {
      const { stdout } = await grantdesk.run([...group, '--help'])
      const listed = stdout.slice(stdout.indexOf('Commands:')).matchAll(/^ {2}([a-z][a-z-]*)/gm)
      for (const [, name] of listed) if (name !== 'help') commands.push([...group, name].join(' '))
    }
    expect(commands.length).toBeGreaterThan(25)
    expect(commands.filter((command) => !ran.has(command))).toEqual([])
  })

  it('let no secret out but the access token by token, and no argument, file or log holds one', () => {
    const { leaks, unused } = capture.check(secrets, allowList)
    expect(leaks).toEqual([])
    expect(unused).toEqual([])
    const places = [...capture.places()]
    for (const taken of [
      /^the vault’s folder: vault.json$/,
      /^files that were made: backup.jwe$/,
      /^arguments of node/,
    ]) {
      expect(places.some((place) => taken.test(place))).toBe(true)
    }
  })
})
