// Faults at authorization servers in use, Doorkeeper and django-oauth-toolkit, each with the diagnosis that comes first.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureDebianPackages } from '../../build/debian-packages.ts'
import type { Attempt } from '../../contract/attempt.ts'
import type { Diagnosis } from '../../contract/flow/diagnosis.ts'
import { type ForeignServer, freePort, serverScript, startForeignServer } from '../support/foreign-server.ts'
import { type ForeignClient, oddSecret } from '../support/interop-app.ts'
import { interopApp } from './interop-suite.ts'

const missing = 'skipped: the server is not installed and cannot be'
const odd = { clientId: 'odd', clientSecret: oddSecret, clientAuthentication: 'body' as const }

/** Nobody has consented to it before. */
const plain = { ...odd, clientId: 'plain', clientSecret: 's3cret-of-plain' }

interface Kind {
  name: string
  service: string
  packages: string[]
  command(port: number): [string, ...string[]]
  readyPath: string
  /** The spelling of HTTP Basic that it does not take where the secret has special characters. */
  refusedSpelling: 'basic' | 'basic-raw'
  /** Whether it compares the port of a redirect URI on this machine. */
  comparesPort: boolean
}

const kinds: Kind[] = [
  {
    name: 'Doorkeeper',
    service: 'planio',
    packages: ['ruby-doorkeeper', 'ruby-rails', 'ruby-sqlite3', 'puma', 'ruby-sprockets-rails'],
    command: (port) => {
      const script = serverScript('doorkeeper.ru')
      return ['/usr/bin/puma', '-q', '-t', '1:4', '-b', `tcp://127.0.0.1:${port}`, script]
    },
    readyPath: '/login',
    refusedSpelling: 'basic',
    comparesPort: false,
  },
  {
    name: 'django-oauth-toolkit',
    service: 'plane',
    packages: ['python3-django-oauth-toolkit'],
    command: (port) => ['/usr/bin/python3', serverScript('django-oauth-toolkit.py'), String(port)],
    readyPath: '/login/',
    refusedSpelling: 'basic-raw',
    comparesPort: true,
  },
]

describe.each(kinds)('$name', ({ service, packages, command, readyPath, refusedSpelling, comparesPort }) => {
  let server: ForeignServer | null = null
  beforeAll(async () => {
    if (!ensureDebianPackages(packages)) return console.log(missing)
    const environment = { PINNED_PORT: String(await freePort()), DK_PREV: '1' }
    server = await startForeignServer({ command, readyPath, environment })
  }, 15 * 60_000)
  afterAll(() => server?.stop())

  const app = interopApp(() => server && { id: service, baseUrl: server.baseUrl }, { missing })

  /** What is said of a failed attempt, the surest first. */
  async function diagnosed(attempt: Attempt): Promise<Diagnosis[]> {
    expect(await app().grantdesk.settled(attempt.id)).toMatchObject({ state: 'failed' })
    const found = await app().grantdesk.call('flows.diagnose', { id: attempt.flowId })
    expect(found.filter(({ weight }) => weight === 'cause').length).toBeLessThanOrEqual(1)
    return found
  }

  async function firstOf(attempt: Attempt): Promise<string | undefined> {
    return (await diagnosed(attempt))[0]?.rule
  }

  /** What is said of the last attempt, which nothing came back to. */
  async function firstOfKept(client: ForeignClient): Promise<string | undefined> {
    const attempt = await app().begin(client)
    if (!('authorizationUrl' in attempt)) throw new Error(attempt.state)
    const person = app().openSession()
    expect((await person.visit(attempt.authorizationUrl, {})).redirect).toBeNull()
    await person.close()
    app().grantdesk.ports.time.now += 60_000
    await app().grantdesk.call('connect.cancel', { id: attempt.id })
    return firstOf(attempt)
  }

  it('refuses a wrong client secret', async () => {
    const attempt = await app().connect({ ...odd, clientSecret: 'not-the-secret-0123456789' })
    expect(await firstOf(attempt)).toBe('client-refused')
  })

  it('refuses another client secret than the one that worked', async () => {
    await app().connected(odd)
    const attempt = await app().connect({ ...odd, clientSecret: 'not-the-secret-0123456789' })
    expect(await firstOf(attempt)).toBe('client-secret-replaced')
  })

  it('refuses HTTP Basic in the other spelling', async () => {
    const [found] = await diagnosed(await app().connect({ ...odd, clientAuthentication: refusedSpelling }))
    expect(found?.rule).toBe('basic-spelling')
    const other = refusedSpelling === 'basic' ? 'basic-raw' : 'basic'
    expect(found?.actions[0]).toMatchObject({ action: 'reconnect', changes: { clientAuthentication: other } })
  })

  it('refuses a code that it never gave', async () => {
    const attempt = await app().begin(odd)
    if (!('authorizationUrl' in attempt)) throw new Error(attempt.state)
    const answer = new URL(attempt.redirectUri)
    const state = new URL(attempt.authorizationUrl).searchParams.get('state') ?? ''
    app().wire.hideState(state)
    answer.search = new URLSearchParams({ code: 'a-code-that-nobody-gave-0123456789', state }).toString()
    await (await fetch(answer)).text()
    expect(await firstOf(attempt)).toBe('code-refused')
  })

  it('lets the person refuse', async () => {
    expect(await firstOf(await app().connect(plain, { decision: 'deny' }))).toBe('consent-refused')
  })

  if (comparesPort)
    it('keeps the browser where the redirect URI has another port than the registered one', async () => {
      expect(await firstOfKept({ ...odd, clientId: 'pinned' })).toBe('redirect-uri-port')
    })

  it('keeps the browser of a client that it does not know', async () => {
    const redirect = { mode: 'fixed' as const, port: await freePort() }
    expect(await firstOfKept({ ...odd, clientId: 'nobody-here', redirect })).toBe('browser-never-returned')
  })
})
