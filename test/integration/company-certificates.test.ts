// Services whose certificates a company signs itself, and which ask for one of the person's.
import { spawn } from 'node:child_process'
import { createPrivateKey } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ClientCertificateInput } from '../../contract/certificates.ts'
import { eventNote } from '../../contract/flow/words.ts'
import { connectCompany, exchangesOf, newestFlow } from '../support/company-connect.ts'
import { type CompanyService, openCompanyService } from '../support/company-service.ts'
import { freePort } from '../support/foreign-server.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { makePrivateAuthority, type PrivateAuthority, type Signed } from '../support/private-authority.ts'
import { openTestApp, Refused, type TestApp } from '../support/test-app.ts'

const folder = mkdtempSync(join(tmpdir(), 'grantdesk-certificates-'))
let authority: PrivateAuthority
let other: PrivateAuthority
let person: Signed
let plain: CompanyService
let strict: CompanyService
let grantdesk: TestApp

beforeAll(async () => {
  authority = makePrivateAuthority(folder)
  other = makePrivateAuthority(folder, 'Other Root')
  person = authority.sign('Ada Lovelace')
  const { key, certificate } = authority.sign('localhost', ['DNS:localhost'])
  const secure = { key, cert: certificate }
  plain = await openCompanyService(secure, 'localhost')
  const asks = { ...secure, ca: authority.certificate, requestCert: true, rejectUnauthorized: true }
  strict = await openCompanyService(asks, 'localhost')
})
beforeEach(async () => {
  grantdesk = await openTestApp(memoryPorts())
})
afterEach(() => grantdesk.close())
afterAll(() => {
  plain.server.close()
  strict.server.close()
  rmSync(folder, { recursive: true, force: true })
})

const add = (service: CompanyService, more: object = {}) =>
  grantdesk.call('services.import', { text: JSON.stringify({ ...service.description, ...more }) })

const connect = ({ baseUrl }: Pick<CompanyService, 'baseUrl'>, serviceId?: string) =>
  connectCompany(grantdesk, baseUrl, serviceId)

const routeNotes = async () => exchangesOf(await newestFlow(grantdesk)).map(eventNote)

/** OpenSSL's own server, which says why it hangs up. */
async function startTlsServer(port: number, version: string) {
  const { key, certificate } = authority.sign('localhost', ['DNS:localhost'])
  const file = join(folder, `server-${port}.pem`)
  writeFileSync(file, `${key}\n${certificate}`)
  const wants = ['-Verify', '1', '-verify_return_error', '-CAfile', authority.file]
  const child = spawn('openssl', ['s_server', '-accept', `${port}`, '-cert', file, '-www', version, ...wants])
  await new Promise<void>((resolve) =>
    child.stdout.on('data', (part: Buffer) => String(part).includes('ACCEPT') && resolve()),
  )
  return {
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await ended
    },
  }
}

const refusal = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof Refused ? error.failure : error),
  )

describe('an authority of its own', () => {
  it('is needed, is shown by name and end, and is the one that the flow tells of', async () => {
    await add(plain)
    const before = await connect(plain)
    expect(before).toMatchObject({ state: 'failed', failure: { kind: 'network' } })
    expect(JSON.stringify(before)).toContain('not signed by anyone this machine trusts')

    const view = await grantdesk.call('services.setCertificates', { id: 'corp', authorities: authority.certificate })
    const [shown] = view.certificates?.authorities ?? []
    expect(shown).toMatchObject({ subject: 'CN=Corp Root, O=Corp', from: 'person' })
    expect(shown?.expiresAt).toBeGreaterThan(Date.now() + 3_000 * 86_400_000)
    expect((await connect(plain)).state).toBe('done')
    for (const note of await routeNotes()) expect(note).toContain('the service’s own authority')

    await grantdesk.call('services.setCertificates', { id: 'corp', authorities: null })
    expect((await connect(plain)).state).toBe('failed')
  })

  it('is trusted for this service alone', async () => {
    await add(plain)
    await add(plain, { id: 'another', name: 'Another' })
    await grantdesk.call('services.setCertificates', { id: 'corp', authorities: authority.certificate })
    expect((await connect(plain)).state).toBe('done')
    expect((await connect(plain, 'another')).state).toBe('failed')
  })

  it('may come with the description, and another one is asked about while secrets are stored', async () => {
    const view = await add(plain, { certificateAuthorities: authority.certificate })
    expect(view.certificates?.authorities).toMatchObject([{ subject: 'CN=Corp Root, O=Corp', from: 'description' }])
    expect((await connect(plain)).state).toBe('done')
    const changed = { ...plain.description, certificateAuthorities: other.certificate }
    const failure = await refusal(grantdesk.call('services.import', { text: JSON.stringify(changed), edited: true }))
    expect(failure).toMatchObject({ kind: 'conflict', message: expect.stringContaining('CN=Other Root') })
  })

  it('helps discovery, and becomes part of what is found', async () => {
    const url = plain.baseUrl
    expect(await refusal(grantdesk.call('services.discover', { url }))).toMatchObject({ kind: 'network' })
    const certificateAuthorities = authority.certificate
    const { description } = await grantdesk.call('services.discover', { url, certificateAuthorities })
    expect(description).toMatchObject({ certificateAuthorities })
  })

  it('is refused where it is none', async () => {
    await add(plain)
    const set = (authorities: string) =>
      refusal(grantdesk.call('services.setCertificates', { id: 'corp', authorities }))
    expect(await set('no certificate')).toMatchObject({ kind: 'invalid_input', remedy: expect.stringContaining('PEM') })
    expect(await set(person.certificate)).toMatchObject({ message: expect.stringContaining('not an authority’s') })
    expect(await set(`${authority.certificate}\n${person.key}`)).toMatchObject({
      message: expect.stringContaining('private key'),
    })
    const text = JSON.stringify({ ...plain.description, certificateAuthorities: person.certificate })
    expect(await refusal(grantdesk.call('services.import', { text }))).toMatchObject({ kind: 'invalid_input' })
  })
})

describe('a client certificate', () => {
  const passphrase = 'key-pass-9e8d7c'
  const encrypted = () =>
    String(createPrivateKey(person.key).export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase }))
  const forms: [string, () => ClientCertificateInput][] = [
    ['as PEM', () => ({ format: 'pem', certificate: person.certificate, key: person.key })],
    ['as one PEM text', () => ({ format: 'pem', ...both() })],
    [
      'as PEM under a passphrase',
      () => ({ format: 'pem', certificate: person.certificate, key: encrypted(), passphrase }),
    ],
    ['as PFX', () => ({ format: 'pfx', pfx: authority.pfx(person, passphrase), passphrase })],
  ]
  const both = () => {
    const text = `${person.key}\n${person.certificate}`
    return { certificate: text, key: text }
  }

  it.each(forms)('%s lets the person in, and its key stands nowhere', async (_, form) => {
    await add(strict)
    await grantdesk.call('services.setCertificates', { id: 'corp', authorities: authority.certificate })
    const without = await connect(strict)
    expect(without).toMatchObject({ state: 'failed', failure: { kind: 'network' } })

    const view = await grantdesk.call('services.setCertificates', { id: 'corp', clientCertificate: form() })
    expect(view.certificates?.clientCertificate).toMatchObject({
      subject: 'CN=Ada Lovelace, O=Corp',
      issuer: 'CN=Corp Root, O=Corp',
      expiresAt: expect.any(Number),
    })
    expect((await connect(strict)).state).toBe('done')
    const notes = await routeNotes()
    for (const note of notes) expect(note).toContain('Client certificate: CN=Ada Lovelace, O=Corp.')

    const logs = [...(grantdesk.ports.disk.logs?.values() ?? [])].map(String)
    const seen = [...grantdesk.crossed, ...grantdesk.ports.logged, ...logs, grantdesk.ports.disk.text].join('\n')
    const keyLines = person.key.split('\n').filter((line) => line.length > 30)
    for (const text of [...keyLines, passphrase]) expect(seen).not.toContain(text)
  })

  it.each([
    ['-tls1_3', /wants a client certificate|broke off/],
    ['-tls1_2', /may want another client certificate/],
  ])('that is lacking is asked for (openssl %s)', async (version, words) => {
    const port = await freePort()
    const server = await startTlsServer(port, version)
    try {
      await add(strict)
      await grantdesk.call('services.setCertificates', { id: 'corp', authorities: authority.certificate })
      const attempt = await connect({ ...strict, baseUrl: `https://localhost:${port}` })
      expect(attempt).toMatchObject({
        failure: {
          message: expect.stringMatching(words),
          remedy: expect.stringContaining('client certificate'),
        },
      })
    } finally {
      await server.stop()
    }
  })

  it('is refused where it does not open or fit', async () => {
    await add(strict)
    const set = (clientCertificate: ClientCertificateInput) =>
      refusal(grantdesk.call('services.setCertificates', { id: 'corp', clientCertificate }))
    const stranger = other.sign('Somebody')
    const { certificate } = person
    expect(await set({ format: 'pem', certificate, key: stranger.key })).toMatchObject({
      kind: 'invalid_input',
      message: expect.stringContaining('not the certificate’s'),
    })
    expect(await set({ format: 'pem', certificate, key: encrypted() })).toMatchObject({
      remedy: 'Give its passphrase.',
    })
    expect(await set({ format: 'pem', certificate, key: 'nonsense' })).toMatchObject({ kind: 'invalid_input' })
    expect(await set({ format: 'pem', certificate: 'nonsense', key: person.key })).toMatchObject({
      kind: 'invalid_input',
    })
    const pfx = authority.pfx(person, passphrase)
    expect(await set({ format: 'pfx', pfx, passphrase: 'wrong' })).toMatchObject({ kind: 'invalid_input' })
    expect(await set({ format: 'pfx', pfx: 'bm9uc2Vuc2U=' })).toMatchObject({ kind: 'invalid_input' })
  })

  it('survives a lock, goes into a backup sealed, and comes back out of it', async () => {
    await add(strict)
    const clientCertificate = { format: 'pem', certificate: person.certificate, key: person.key } as const
    await grantdesk.call('services.setCertificates', {
      ...{ id: 'corp', authorities: authority.certificate, clientCertificate },
    })
    await grantdesk.call('vault.lock', {})
    const locked = await grantdesk.call('app.snapshot', {})
    expect(JSON.stringify(locked)).not.toContain('Ada Lovelace')
    await grantdesk.call('vault.retry', {})
    expect((await connect(strict)).state).toBe('done')

    const sealed = 'a long enough passphrase'
    const { text } = await grantdesk.call('backup.make', { passphrase: sealed }, 'tab')
    if (text === null) throw new Error('no backup')
    await grantdesk.close()
    grantdesk = await openTestApp(memoryPorts())
    await grantdesk.call('backup.restore', { text, passphrase: sealed })
    const { services } = await grantdesk.call('app.snapshot', {})
    expect(services.find(({ id }) => id === 'corp')?.certificates?.clientCertificate?.subject).toContain('Ada')
    expect((await connect(strict)).state).toBe('done')
  })
})
