// Flows that fail on their way to the server, over real connections: certificates, proxies and names, each with its diagnosis.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Diagnosis } from '../../contract/flow/diagnosis.ts'
import { connectCompany, newestFlow } from '../support/company-connect.ts'
import { type CompanyService, companyHost, openCompanyService } from '../support/company-service.ts'
import { freePort } from '../support/foreign-server.ts'
import { type ForwardProxy, startForwardProxy } from '../support/forward-proxy.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { makePrivateAuthority, type PrivateAuthority } from '../support/private-authority.ts'
import { startSelfSigned } from '../support/self-signed.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const folder = mkdtempSync(join(tmpdir(), 'grantdesk-diagnosed-'))
let authority: PrivateAuthority
let service: CompanyService
let behind: CompanyService
let proxy: ForwardProxy
let guarded: ForwardProxy
let silent: Server
let grantdesk: TestApp

beforeAll(async () => {
  authority = makePrivateAuthority(folder)
  service = await openCompanyService(secured('DNS:localhost'), 'localhost')
  behind = await openCompanyService(secured(`DNS:${companyHost}`))
  proxy = await startForwardProxy({ names: [companyHost] })
  guarded = await startForwardProxy({ names: [companyHost], person: { user: 'ada', password: 'proxy-pw-0123456789' } })
  // Takes connections and speaks another protocol.
  silent = createServer((socket) => socket.end('220 mail.example ESMTP\r\n')).listen(0, '127.0.0.1')
  await new Promise((resolve) => silent.once('listening', resolve))
})
afterEach(() => grantdesk.close())
afterAll(async () => {
  for (const { server } of [service, behind]) server.close()
  silent.close()
  await Promise.all([proxy.close(), guarded.close()])
  rmSync(folder, { recursive: true, force: true })
})

function secured(name: string, days?: number) {
  const { key, certificate } = authority.sign('server', [name], days)
  return { key, cert: certificate }
}

const portOf = (server: Server): number => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

interface Way {
  environment?: Record<string, string>
  /** Whether the company's authority is trusted. */
  trusts?: boolean
}

/** Connects to the service at an address, and answers what is said of the flow. */
async function diagnosed(baseUrl: string, { environment = {}, trusts = false }: Way = {}): Promise<Diagnosis[]> {
  if (trusts) environment.SSL_CERT_FILE = authority.file
  grantdesk = await openTestApp(memoryPorts({ environment }))
  grantdesk.ports.time.now = Date.now()
  await grantdesk.call('services.import', { text: JSON.stringify(service.description) })
  await connectCompany(grantdesk, baseUrl)
  const { id } = await newestFlow(grantdesk)
  return grantdesk.call('flows.diagnose', { id })
}
const rules = (found: Diagnosis[]) => found.map(({ rule }) => rule)

describe('a certificate', () => {
  it('by an authority that nobody knows leads to the service’s certificates', async () => {
    const [found, ...others] = await diagnosed(service.baseUrl)
    expect([found?.rule, others]).toEqual(['certificate-authority-unknown', []])
    expect(found?.actions[0]).toEqual({ action: 'certificates', serviceId: 'corp' })
  })

  it('that has ended', async () => {
    const ended = await openCompanyService(secured('DNS:localhost', -1), 'localhost')
    expect(rules(await diagnosed(ended.baseUrl, { trusts: true }))).toEqual(['certificate-expired'])
    ended.server.close()
  })

  it('for another name', async () => {
    const other = await openCompanyService(secured('DNS:other.example'), 'localhost')
    expect(rules(await diagnosed(other.baseUrl, { trusts: true }))).toEqual(['certificate-wrong-name'])
    other.server.close()
  })

  it('that is self-signed', async () => {
    const alone = await startSelfSigned()
    expect(rules(await diagnosed(alone.origin))).toEqual(['certificate-self-signed'])
    await alone.close()
  })

  it('of the client, which the server wants', async () => {
    const asks = {
      ca: authority.certificate,
      requestCert: true,
      rejectUnauthorized: true,
      maxVersion: 'TLSv1.2',
    } as const
    const strict = await openCompanyService({ ...secured('DNS:localhost'), ...asks }, 'localhost')
    const [rule] = rules(await diagnosed(strict.baseUrl, { trusts: true }))
    // Node's server hangs up, where others say why.
    expect(['client-certificate-wanted', 'connection-reset']).toContain(rule)
    strict.server.close()
  })
})

describe('an address', () => {
  it('at which nothing listens', async () => {
    expect(rules(await diagnosed(`http://127.0.0.1:${await freePort()}`))).toEqual(['connection-refused'])
  })

  it('of a name that nobody knows', async () => {
    const [rule] = rules(await diagnosed('https://nowhere.invalid'))
    // Without a name server no name can be looked up.
    expect(['name-unknown', 'name-lookup-failed']).toContain(rule)
  })

  it('at which something else than HTTP is spoken', async () => {
    expect(rules(await diagnosed(`http://127.0.0.1:${portOf(silent)}`))).toEqual(['answer-not-http'])
  })

  it('of https, where TLS is not spoken', async () => {
    expect(rules(await diagnosed(`https://127.0.0.1:${portOf(silent)}`))).toEqual(['tls-not-spoken'])
  })
})

describe('a proxy', () => {
  it('that is not there', async () => {
    const environment = { HTTPS_PROXY: `http://127.0.0.1:${await freePort()}` }
    const [found, ...others] = await diagnosed(behind.baseUrl, { environment })
    expect([found?.rule, others]).toEqual(['proxy-unreachable', []])
    expect(found?.actions[0]).toEqual({ action: 'proxy_settings' })
  })

  it('that wants a user name and a password', async () => {
    const found = await diagnosed(behind.baseUrl, { environment: { HTTPS_PROXY: guarded.address } })
    expect(rules(found)).toEqual(['proxy-sign-in'])
  })

  it('that does not know the name', async () => {
    const found = await diagnosed('https://nowhere.corp.test', { environment: { HTTPS_PROXY: proxy.address } })
    expect(rules(found)).toEqual(['proxy-unknown-name'])
  })

  it('that is a mail server', async () => {
    const environment = { HTTPS_PROXY: `http://127.0.0.1:${portOf(silent)}` }
    expect(rules(await diagnosed(behind.baseUrl, { environment }))).toEqual(['proxy-is-none'])
  })

  it('that cannot be read', async () => {
    const found = await diagnosed(behind.baseUrl, { environment: { HTTPS_PROXY: 'gopher://proxy.example' } })
    expect(rules(found)).toEqual(['proxy-unusable'])
  })

  it('that reached the host before, and is gone from the environment since', async () => {
    const environment: Record<string, string> = { HTTPS_PROXY: proxy.address }
    expect(await diagnosed(behind.baseUrl, { environment, trusts: true })).toEqual([])
    delete environment.HTTPS_PROXY
    await connectCompany(grantdesk, behind.baseUrl)
    const { id } = await newestFlow(grantdesk)
    const found = await grantdesk.call('flows.diagnose', { id })
    expect(rules(found)).toEqual(['proxy-needed'])
    expect(found[0]?.evidence.at(-1)).toMatchObject({ value: proxy.address })
  })
})
