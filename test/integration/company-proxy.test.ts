// Behind a company's proxy: Squid, which alone can resolve the service's name, and an authority of the company's own.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ensureDebianPackages } from '../../build/debian-packages.ts'
import { eventNote } from '../../contract/flow/words.ts'
import { connectCompany, exchangesOf, failureOf, newestFlow } from '../support/company-connect.ts'
import { type CompanyService, companyHost, companyToken, openCompanyService } from '../support/company-service.ts'
import { freePort } from '../support/foreign-server.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { makePrivateAuthority, type PrivateAuthority } from '../support/private-authority.ts'
import { type Squid, startSquid } from '../support/squid.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const installed = ensureDebianPackages(['squid', 'openssl'])
if (!installed) console.log('skipped: Squid is not installed and cannot be')

const folder = mkdtempSync(join(tmpdir(), 'grantdesk-company-'))
const password = 'proxy-pw:8d7c6b5a'
let authority: PrivateAuthority
let service: CompanyService
let open: Squid
let guarded: Squid
let grantdesk: TestApp

beforeAll(async () => {
  if (!installed) return
  authority = makePrivateAuthority(folder)
  const { key, certificate } = authority.sign(companyHost, [`DNS:${companyHost}`])
  service = await openCompanyService({ key, cert: certificate })
  open = await startSquid({ names: [companyHost], denied: ['denied.corp.test'] })
  guarded = await startSquid({ names: [companyHost], person: { user: 'ada@corp', password } })
})
afterEach(() => grantdesk.close())
afterAll(async () => {
  service?.server.close()
  await Promise.all([open?.stop(), guarded?.stop()])
  rmSync(folder, { recursive: true, force: true })
})

type Environment = Record<string, string>

async function connect(
  environment: Environment,
  baseUrl = service.baseUrl,
  more: Parameters<typeof memoryPorts>[0] = {},
) {
  grantdesk = await openTestApp(memoryPorts({ environment, ...more }))
  await grantdesk.call('services.import', { text: JSON.stringify(service.description) })
  return connectCompany(grantdesk, baseUrl)
}

/** Nothing of the proxy's password stands in what crossed the door, in the log or in a flow. */
async function expectNoPassword(): Promise<void> {
  const flow = JSON.stringify(await newestFlow(grantdesk))
  const seen = [flow, ...grantdesk.crossed, ...grantdesk.ports.logged].join('\n')
  const basic = Buffer.from(`ada@corp:${password}`).toString('base64')
  for (const form of [password, encodeURIComponent(password), basic]) expect(seen).not.toContain(form)
}

const through = ({ address }: Squid, credentials = '') => `http://${credentials}${address}`
const signedIn = () => through(guarded, `${encodeURIComponent('ada@corp')}:${encodeURIComponent(password)}@`)

describe.runIf(installed)('a proxy of the environment', () => {
  it('reaches a service whose name it alone knows, and both stand in the flow', async () => {
    const before = open.requests().length
    const attempt = await connect({ HTTPS_PROXY: through(open), SSL_CERT_FILE: authority.file })
    expect(attempt.state).toBe('done')
    expect(
      open
        .requests()
        .slice(before)
        .every((line) => line.startsWith(`CONNECT ${companyHost}:`)),
    ).toBe(true)
    const exchanges = exchangesOf(await newestFlow(grantdesk))
    expect(exchanges.length).toBeGreaterThan(1)
    for (const event of exchanges) {
      expect(event.route).toEqual({
        proxy: { address: through(open), from: 'environment', variable: 'HTTPS_PROXY', signsIn: false },
        authorities: ['usual', 'system'],
        clientCertificate: null,
      })
      expect(eventNote(event)).toContain(`Through the proxy ${through(open)} (HTTPS_PROXY).`)
      expect(eventNote(event)).toContain('this system’s authorities')
    }
  })

  it('signs in with the credentials of its address, which stand nowhere', async () => {
    const attempt = await connect({ https_proxy: signedIn(), NODE_EXTRA_CA_CERTS: authority.file })
    expect(attempt.state).toBe('done')
    const [event] = exchangesOf(await newestFlow(grantdesk))
    expect(event?.route?.proxy).toMatchObject({ address: through(guarded), variable: 'https_proxy', signsIn: true })
    await expectNoPassword()
  })

  it('is told of, with a remedy, where it wants credentials or refuses those it gets', async () => {
    const without = failureOf(await connect({ HTTPS_PROXY: through(guarded), SSL_CERT_FILE: authority.file }))
    expect(without).toMatchObject({ kind: 'network', code: 'PROXY_SIGN_IN' })
    expect(without.message).toContain('wants a user name and password (status 407)')
    expect(without.remedy).toBe('Add them in HTTPS_PROXY, as http://user:password@host:port.')
    await grantdesk.close()
    const wrong = failureOf(await connect({ HTTPS_PROXY: signedIn().replace('proxy-pw', 'proxy-pq') }))
    expect(wrong.message).toContain('did not accept its user name and password')
    expect(wrong.remedy).toContain('Correct them in HTTPS_PROXY')
    await expectNoPassword()
  })

  it('is told of where nothing answers there, and the service is not blamed', async () => {
    const failure = failureOf(await connect({ HTTPS_PROXY: 'http://127.0.0.1:1' }))
    expect(failure).toMatchObject({ kind: 'network', code: 'PROXY_UNREACHABLE' })
    expect(failure.message).toBe('The proxy http://127.0.0.1:1 (HTTPS_PROXY) could not be reached (ECONNREFUSED).')
    expect(failure.remedy).toContain('HTTPS_PROXY')
  })

  it('that cannot reach the service, or may not, says so, and nobody speaks of a spelling mistake', async () => {
    const dead = await freePort()
    const gone = failureOf(await connect({ HTTPS_PROXY: through(open) }, `https://${companyHost}:${dead}`))
    expect(gone).toMatchObject({ kind: 'network', code: 'PROXY_FAILED' })
    expect(gone.message).toContain(`could not reach ${companyHost}:${dead} (status 503)`)
    expect(gone.remedy).not.toContain('spelling')
    await grantdesk.close()
    const denied = failureOf(await connect({ HTTPS_PROXY: through(open) }, 'https://denied.corp.test'))
    expect(denied).toMatchObject({ kind: 'network', code: 'PROXY_REFUSED' })
    expect(denied.remedy).toContain('list denied.corp.test in NO_PROXY')
  })

  it('with a certificate of an unknown authority behind it is suspected of having put it there', async () => {
    const failure = failureOf(await connect({ HTTPS_PROXY: through(open) }))
    expect(failure).toMatchObject({ kind: 'network' })
    expect(failure.message).toContain('is not signed by anyone this machine trusts. It came through the proxy')
    expect(failure.remedy).toContain('If the proxy reads encrypted traffic')
    expect(exchangesOf(await newestFlow(grantdesk))[0]?.failure).toMatchObject({
      kind: 'network',
      proxy: { address: through(open) },
    })
  })

  it('that cannot be read is told of without being quoted', async () => {
    const failure = failureOf(await connect({ HTTPS_PROXY: `ftp://ada@corp:${password}@p.test` }))
    expect(failure).toMatchObject({ kind: 'network', code: 'PROXY_UNUSABLE' })
    expect(failure.message).toBe('The proxy in HTTPS_PROXY cannot be read.')
    await expectNoPassword()
  })

  it('is not used for this machine, nor for what NO_PROXY names', async () => {
    const before = open.requests().length
    grantdesk = await openTestApp(
      memoryPorts({ environment: { HTTPS_PROXY: through(open), HTTP_PROXY: through(open), ALL_PROXY: through(open) } }),
    )
    await grantdesk.connected('plane')
    await grantdesk.close()
    const environment = { HTTPS_PROXY: through(open), NO_PROXY: '.corp.test' }
    const failure = failureOf(await connect(environment))
    expect(failure).toMatchObject({ kind: 'network', code: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) })
    expect(open.requests()).toHaveLength(before)
  })
})

describe.runIf(installed)('the system’s setting', () => {
  it('is followed, and the next proxy that it names is tried where one cannot be reached', async () => {
    const asked: string[] = []
    const attempt = await connect({ SSL_CERT_FILE: authority.file }, undefined, {
      systemProxy: async (url) => {
        asked.push(url)
        return `PROXY 127.0.0.1:1; PROXY ${open.address}`
      },
    })
    expect(attempt.state).toBe('done')
    expect(new Set(asked)).toEqual(new Set([`${service.baseUrl}/`]))
    expect(exchangesOf(await newestFlow(grantdesk))[0]?.route?.proxy).toMatchObject({
      address: through(open),
      from: 'system',
    })
  })
})

describe('a proxy that answers', () => {
  let server: Server
  let answer: string
  const sockets = new Set<Socket>()

  beforeAll(async () => {
    server = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined).once('data', () => socket.end(answer))
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
  })
  afterAll(() => server.close())

  const head = (status: string, ...headers: string[]) => `HTTP/1.1 ${[status, ...headers].join('\r\n')}\r\n\r\n`

  it.runIf(installed).each([
    [
      head('407 Sign in', 'Proxy-Authenticate: Negotiate', 'Proxy-Authenticate: NTLM'),
      'PROXY_SIGN_IN',
      /Negotiate, NTLM/,
    ],
    [head('407 Sign in', 'Proxy-Authenticate: Basic realm="x"'), 'PROXY_SIGN_IN', /Add them in HTTPS_PROXY/],
    [head('502 Bad', 'Proxy-Status: p; error=dns_error; rcode="NXDOMAIN"'), 'PROXY_UNKNOWN_NAME', /spelling/],
    [head('503 No', 'X-Squid-Error: ERR_DNS_FAIL 0'), 'PROXY_UNKNOWN_NAME', /spelling/],
    [head('502 Bad Gateway'), 'PROXY_FAILED', /the proxy’s administrator/],
    [head('403 Forbidden'), 'PROXY_REFUSED', /NO_PROXY/],
    ['SSH-2.0-OpenSSH_9.2\r\n', 'PROXY_NOT_A_PROXY', /address and port/],
  ])('%j is %s', async (text, code, remedy) => {
    answer = text
    const { port } = server.address() as { port: number }
    const failure = failureOf(await connect({ HTTPS_PROXY: `http://127.0.0.1:${port}` }))
    expect(failure).toMatchObject({ kind: 'network', code })
    expect(failure.remedy).toMatch(remedy)
    expect(JSON.stringify(grantdesk.crossed)).not.toContain(companyToken)
  })
})
