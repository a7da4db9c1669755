// The proxies that Squid is not: SOCKS 5 (microsocks), one that is reached by https, and one that opens the traffic.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ensureDebianPackages } from '../../build/debian-packages.ts'
import { eventNote } from '../../contract/flow/words.ts'
import { connectCompany, exchangesOf, failureOf, newestFlow } from '../support/company-connect.ts'
import {
  type CompanyService,
  companyHost,
  companySecret,
  companyToken,
  openCompanyService,
} from '../support/company-service.ts'
import { type ForwardProxy, startForwardProxy } from '../support/forward-proxy.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { type Microsocks, microsocksPackages, startMicrosocks } from '../support/microsocks.ts'
import { makePrivateAuthority, type PrivateAuthority } from '../support/private-authority.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const installed = ensureDebianPackages(microsocksPackages)
if (!installed) console.log('skipped: microsocks is not installed and cannot be')

const folder = mkdtempSync(join(tmpdir(), 'grantdesk-proxies-'))
const names = [companyHost]
const person = { user: 'ada@corp', password: 'proxy-pw:9e8d7c6b' }
const credentials = `${encodeURIComponent(person.user)}:${encodeURIComponent(person.password)}@`
let services: PrivateAuthority
let inspection: PrivateAuthority
let service: CompanyService
let grantdesk: TestApp

beforeAll(async () => {
  services = makePrivateAuthority(folder)
  inspection = makePrivateAuthority(folder, 'Corp Inspection')
  const { key, certificate } = services.sign(companyHost, [`DNS:${companyHost}`])
  service = await openCompanyService({ key, cert: certificate })
})
afterEach(() => grantdesk.close())
afterAll(() => {
  service.server.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(environment: Record<string, string>): Promise<void> {
  grantdesk = await openTestApp(memoryPorts({ environment }))
  await grantdesk.call('services.import', { text: JSON.stringify(service.description) })
}

async function connect(environment: Record<string, string>) {
  await open(environment)
  return connectCompany(grantdesk, service.baseUrl)
}

const newestExchanges = async () => exchangesOf(await newestFlow(grantdesk))

async function expectNoPassword(): Promise<void> {
  const seen = [JSON.stringify(await newestFlow(grantdesk)), ...grantdesk.crossed, ...grantdesk.ports.logged].join('\n')
  const basic = Buffer.from(`${person.user}:${person.password}`).toString('base64')
  for (const form of [person.password, encodeURIComponent(person.password), basic]) expect(seen).not.toContain(form)
}

describe.runIf(installed)('a SOCKS 5 proxy', () => {
  let free: Microsocks
  let guarded: Microsocks
  const trust = () => ({ SSL_CERT_FILE: services.file })

  beforeAll(async () => {
    free = await startMicrosocks({ names })
    guarded = await startMicrosocks({ names, person })
  })
  afterAll(() => Promise.all([free.stop(), guarded.stop()]))

  it.each(['socks5', 'socks5h', 'socks'])('is given the service’s name, which it alone knows (%s)', async (scheme) => {
    const before = free.reached().length
    expect((await connect({ ALL_PROXY: `${scheme}://${free.address}`, ...trust() })).state).toBe('done')
    const reached = new Set(free.reached().slice(before))
    expect(reached).toEqual(new Set([new URL(service.baseUrl).host]))
    for (const event of await newestExchanges()) {
      expect(event.route?.proxy).toEqual({
        ...{ address: `socks5://${free.address}`, from: 'environment', variable: 'ALL_PROXY', signsIn: false },
      })
      expect(eventNote(event)).toContain(`Through the proxy socks5://${free.address} (ALL_PROXY).`)
    }
  })

  it('is signed in at with the credentials of its address, which stand nowhere', async () => {
    expect((await connect({ ALL_PROXY: `socks5://${credentials}${guarded.address}`, ...trust() })).state).toBe('done')
    expect(await newestExchanges()).toMatchObject([{ route: { proxy: { signsIn: true } } }, {}])
    await expectNoPassword()
  })

  it('that wants credentials, or others, is told of with what to do', async () => {
    const without = failureOf(await connect({ ALL_PROXY: `socks5://${guarded.address}` }))
    expect(without).toMatchObject({ kind: 'network', code: 'PROXY_SIGN_IN' })
    expect(without.message).toContain('wants a user name and password')
    await grantdesk.close()
    const wrong = failureOf(await connect({ ALL_PROXY: `socks5://ada:wrong@${guarded.address}` }))
    expect(wrong).toMatchObject({ kind: 'network', code: 'PROXY_SIGN_IN' })
    expect(wrong.message).toContain('did not accept its user name and password')
    expect(wrong.remedy).toContain('Correct them in ALL_PROXY')
  })

  it('that cannot reach the service, or does not answer, is told of', async () => {
    await open({ ALL_PROXY: `socks5://${free.address}` })
    const unknown = failureOf(await connectCompany(grantdesk, 'https://unknown.corp.test'))
    expect(unknown).toMatchObject({ kind: 'network', code: 'PROXY_FAILED' })
    await grantdesk.close()
    const gone = failureOf(await connect({ ALL_PROXY: 'socks5://127.0.0.1:1' }))
    expect(gone).toMatchObject({ kind: 'network', code: 'PROXY_UNREACHABLE' })
  })

  it('of the person’s own is reached with the password that is sealed in the vault', async () => {
    await open(trust())
    const { settings } = await grantdesk.call('app.snapshot', {})
    const proxy = { mode: 'own', address: `socks5://${guarded.address}`, user: person.user, notFor: '' } as const
    await grantdesk.call('settings.save', { ...settings, proxy })
    await grantdesk.call('settings.setProxyPassword', { password: person.password })
    expect((await connectCompany(grantdesk, service.baseUrl)).state).toBe('done')
    expect((await newestExchanges())[0]?.route?.proxy).toMatchObject({ from: 'settings', signsIn: true })
    await expectNoPassword()
  })
})

describe('a proxy that is reached by https', () => {
  let proxy: ForwardProxy

  beforeAll(async () => {
    proxy = await startForwardProxy({ names, person, secure: services.sign('proxy', ['IP:127.0.0.1']) })
  })
  afterAll(() => proxy.close())

  const address = () => proxy.address.replace('//', `//${credentials}`)

  it('is refused where nobody vouches for it, before it is told user name, password or the service’s name', async () => {
    const failure = failureOf(await connect({ HTTPS_PROXY: address() }))
    expect(failure).toMatchObject({ kind: 'network', code: 'PROXY_BAD_CERTIFICATE' })
    expect(failure.message).toContain(
      `The proxy ${proxy.address} (HTTPS_PROXY) shows a certificate that nobody vouches for`,
    )
    expect(failure.remedy).toContain('NODE_EXTRA_CA_CERTS')
    expect(proxy.asked).toEqual([])
    await expectNoPassword()
  })

  it('is used where this system vouches for it, and both stand in the flow', async () => {
    expect((await connect({ HTTPS_PROXY: address(), SSL_CERT_FILE: services.file })).state).toBe('done')
    expect(new Set(proxy.asked)).toEqual(new Set([new URL(service.baseUrl).host]))
    for (const event of await newestExchanges()) {
      expect(event.route).toMatchObject({
        proxy: { address: proxy.address, variable: 'HTTPS_PROXY', signsIn: true },
        authorities: ['usual', 'system'],
      })
    }
    expect(proxy.read()).not.toContain(companySecret)
    await expectNoPassword()
  })

  it('is not vouched for by an authority of the service’s own', async () => {
    await open({ HTTPS_PROXY: address() })
    await grantdesk.call('services.setCertificates', { id: 'corp', authorities: services.certificate })
    const failure = failureOf(await connectCompany(grantdesk, service.baseUrl))
    expect(failure).toMatchObject({ kind: 'network', code: 'PROXY_BAD_CERTIFICATE' })
  })

  it('that does not know the name of the service is told of', async () => {
    await open({ HTTPS_PROXY: address(), SSL_CERT_FILE: services.file })
    const failure = failureOf(await connectCompany(grantdesk, 'https://unknown.corp.test'))
    expect(failure).toMatchObject({ kind: 'network', code: 'PROXY_UNKNOWN_NAME' })
  })
})

describe('a proxy that opens the traffic', () => {
  let proxy: ForwardProxy

  beforeAll(async () => {
    proxy = await startForwardProxy({ names, opens: { by: inspection, trusting: services.certificate } })
  })
  afterAll(() => proxy.close())

  it('is refused where nobody vouches for its authority, before anything is sent that it could read', async () => {
    const failure = failureOf(await connect({ HTTPS_PROXY: proxy.address }))
    expect(failure.message).toContain('is not signed by anyone this machine trusts. It came through the proxy')
    expect(failure.remedy).toContain('If the proxy reads encrypted traffic')
    expect(proxy.asked.length).toBeGreaterThan(0)
    expect(proxy.read()).toBe('')
  })

  it.each(['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'])(
    'is let read where %s names its authority, and the flow says so',
    async (name) => {
      expect((await connect({ HTTPS_PROXY: proxy.address, [name]: inspection.file })).state).toBe('done')
      expect(proxy.read()).toContain(companySecret)
      expect(proxy.read()).toContain(companyToken)
      for (const event of await newestExchanges()) {
        expect(event.route).toMatchObject({ proxy: { address: proxy.address }, authorities: ['usual', 'system'] })
        expect(eventNote(event)).toContain('Certificate checked with this system’s authorities, too.')
      }
    },
  )

  it('is let read where the service’s own authority is its, and for no other service', async () => {
    await open({ HTTPS_PROXY: proxy.address })
    await grantdesk.call('services.import', { text: JSON.stringify({ ...service.description, id: 'another' }) })
    await grantdesk.call('services.setCertificates', { id: 'corp', authorities: inspection.certificate })
    expect((await connectCompany(grantdesk, service.baseUrl)).state).toBe('done')
    for (const event of await newestExchanges()) {
      expect(event.route?.authorities).toEqual(['usual', 'service'])
      expect(eventNote(event)).toContain('Certificate checked with the service’s own authority, too.')
    }
    expect((await connectCompany(grantdesk, service.baseUrl, 'another')).state).toBe('failed')
  })

  it('cannot show the service’s own authority, where that alone is trusted', async () => {
    await open({ HTTPS_PROXY: proxy.address })
    await grantdesk.call('services.setCertificates', { id: 'corp', authorities: services.certificate })
    expect(failureOf(await connectCompany(grantdesk, service.baseUrl)).kind).toBe('network')
  })
})
