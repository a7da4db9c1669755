// The command line behind a company's proxy: the environment of the host counts, and what is set lies in the vault.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureDebianPackages } from '../../build/debian-packages.ts'
import { type CompanyService, companyHost, companySecret, openCompanyService } from '../support/company-service.ts'
import { makePrivateAuthority, type PrivateAuthority, type Signed } from '../support/private-authority.ts'
import { type Squid, startSquid } from '../support/squid.ts'
import { openTestCommandLine, passphrase, type TestCommandLine } from './grantdesk-process.ts'

const installed = ensureDebianPackages(['squid', 'openssl'])
if (!installed) console.log('skipped: Squid is not installed and cannot be')

const folder = mkdtempSync(join(tmpdir(), 'grantdesk-company-'))
const file = (name: string) => join(folder, name)
const proxyPassword = 'proxy-pw-7a6b5c4d'
let authority: PrivateAuthority
let person: Signed
let service: CompanyService
let squid: Squid
let grantdesk: TestCommandLine

beforeAll(async () => {
  if (!installed) return
  authority = makePrivateAuthority(folder)
  person = authority.sign('Ada Lovelace')
  const { key, certificate } = authority.sign(companyHost, [`DNS:${companyHost}`])
  const asks = { ca: authority.certificate, requestCert: true, rejectUnauthorized: true }
  service = await openCompanyService({ key, cert: certificate, ...asks })
  squid = await startSquid({ names: [companyHost], person: { user: 'ada', password: proxyPassword } })
  writeFileSync(file('corp.json'), JSON.stringify(service.description))
  writeFileSync(file('person.pfx'), Buffer.from(authority.pfx(person, 'pfx-pass'), 'base64'))
  grantdesk = openTestCommandLine()
  await grantdesk.makeVault()
})
afterAll(async () => {
  service?.server.close()
  await Promise.all([squid?.stop(), grantdesk?.close()])
  rmSync(folder, { recursive: true, force: true })
})

const connect = (env: Record<string, string> = {}) =>
  grantdesk.run(
    ['connect', 'corp', '--grant', 'machine', '--client-id', 'desk', '--passphrase-stdin', '--client-secret-stdin'],
    { input: `${passphrase}\n${companySecret}\n`, env },
  )

describe.runIf(installed)('behind the proxy', () => {
  it('takes a service, its authority and a client certificate, and shows them', async () => {
    expect(await grantdesk.unlocked(['services', 'import', file('corp.json')])).toMatchObject({ code: 0 })
    const set = ['services', 'certificates', 'corp', '--ca', authority.file, '--client-pfx', file('person.pfx')]
    const input = `${passphrase}\npfx-pass\n`
    const shown = await grantdesk.run([...set, '--passphrase-stdin', '--password-stdin'], { input })
    expect(shown).toMatchObject({ code: 0, stderr: '' })
    expect(shown.stdout).toMatch(/^Authority: CN=Corp Root, O=Corp, ends on \d{4}-\d\d-\d\d$/m)
    expect(shown.stdout).toMatch(/^Client certificate: CN=Ada Lovelace, O=Corp, ends on \d{4}-\d\d-\d\d$/m)
  })

  it('says what the proxy wants, connects by the environment, and shows the way that it took', async () => {
    const refused = await connect({ HTTPS_PROXY: `http://${squid.address}` })
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('wants a user name and password (status 407)')
    const done = await connect({ HTTPS_PROXY: `http://ada:${proxyPassword}@${squid.address}` })
    expect(done).toMatchObject({ code: 0 })
    expect(done.stderr).not.toContain('Warning')
    const { stdout } = await grantdesk.unlocked(['flows'])
    expect(stdout).toContain(`Through the proxy http://${squid.address} (HTTPS_PROXY).`)
    expect(stdout).toContain('Client certificate: CN=Ada Lovelace, O=Corp.')
    expect(stdout).not.toContain(proxyPassword)
  })

  it('takes a proxy of its own, whose password lies in the vault', async () => {
    const set = ['proxy', `http://${squid.address}`, '--user', 'ada', '--passphrase-stdin', '--password-stdin']
    const chosen = await grantdesk.run(set, { input: `${passphrase}\n${proxyPassword}\n` })
    expect(chosen).toMatchObject({ code: 0, stdout: `Proxy: http://${squid.address}, signing in as ada.\n` })
    expect(await connect({ HTTPS_PROXY: 'http://127.0.0.1:1' })).toMatchObject({ code: 0 })
    expect(readFileSync(join(grantdesk.folder, 'vault.json'), 'utf8')).not.toContain(proxyPassword)
    expect((await grantdesk.unlocked(['proxy', 'off'])).stdout).toBe('Proxy: none.\n')
    expect((await connect({ HTTPS_PROXY: `http://ada:${proxyPassword}@${squid.address}` })).stderr).toContain(
      companyHost,
    )
  })

  it('refuses an address with a password in it, and quotes none of it', async () => {
    const { code, stderr } = await grantdesk.unlocked(['proxy', `http://ada:${proxyPassword}@${squid.address}`])
    expect(code).not.toBe(0)
    expect(stderr).toContain('without user name and password')
    expect(stderr).not.toContain(proxyPassword)
  })
})
