// The system's proxy setting, as Chromium reads it, and a PAC script: the desktop app follows them in its own requests.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ensureDebianPackages } from '../../build/debian-packages.ts'
import type { KeptFlow } from '../../contract/flow/flow.ts'
import { type CompanyService, companyHost, companySecret, openCompanyService } from '../support/company-service.ts'
import { makePrivateAuthority, type PrivateAuthority } from '../support/private-authority.ts'
import { type Squid, startSquid } from '../support/squid.ts'
import { describeDesktop } from './desktop-suite.ts'
import { callDoor, snapshotOf } from './door.ts'
import { type Grantdesk, launchGrantdesk } from './launch.ts'
import { type Machine, startMachine } from './machine.ts'

const installed = ensureDebianPackages(['squid', 'openssl'])

describeDesktop('a company’s network', (executable) => {
  const folder = mkdtempSync(join(tmpdir(), 'grantdesk-desktop-proxy-'))
  let authority: PrivateAuthority
  let service: CompanyService
  let squid: Squid
  let machine: Machine
  let grantdesk: Grantdesk

  beforeAll(async () => {
    if (!installed) return console.log('skipped: Squid is not installed and cannot be')
    authority = makePrivateAuthority(folder)
    const { key, certificate } = authority.sign(companyHost, [`DNS:${companyHost}`])
    service = await openCompanyService({ key, cert: certificate })
    squid = await startSquid({ names: [companyHost] })
    machine = await startMachine('open')
    grantdesk = await launchGrantdesk(executable, machine, { env: { NODE_EXTRA_CA_CERTS: authority.file } })
    await grantdesk.page.getByRole('button', { name: 'Vault open, protected by GNOME Keyring (libsecret)' }).waitFor()
    await callDoor(grantdesk.page, 'services.import', { text: JSON.stringify(service.description) })
  })
  afterAll(async () => {
    await grantdesk?.quit()
    await machine?.close()
    await squid?.stop()
    service?.server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const followPac = (script: string) =>
    grantdesk.electron.evaluate(
      ({ session }, text) =>
        session.defaultSession.setProxy({
          mode: 'pac_script',
          pacScript: `data:application/x-ns-proxy-autoconfig,${encodeURIComponent(text)}`,
        }),
      script,
    )

  /** How the attempt ended, and its flow. */
  async function connect(): Promise<{ state: string; flow: KeptFlow }> {
    const { page } = grantdesk
    const client = (await callDoor(page, 'clients.save', {
      ...{ name: 'Corp', serviceId: 'corp', baseUrl: service.baseUrl, clientId: 'desk', clientSecret: companySecret },
      ...{ clientAuthentication: 'body', redirect: { mode: 'ephemeral' } },
    })) as { id: string }
    const begun = { client: { id: client.id }, grantId: 'machine', scopes: [] }
    const { id } = (await callDoor(page, 'connect.start', begun)) as { id: string }
    const state = async () => (await snapshotOf(page)).attempts.find((one) => one.id === id)?.state ?? ''
    await expect.poll(state).toMatch(/done|failed/)
    const { flows } = (await callDoor(page, 'flows.list')) as { flows: { id: string }[] }
    const flow = (await callDoor(page, 'flows.get', { id: flows[0]?.id })) as KeptFlow
    return { state: await state(), flow }
  }

  // How the request ends is not asked: undici does not read bodies to their end on a runtime as old as some of these tests have.
  it.runIf(installed)(
    'is reached by the PAC script, asked by the origin, and the flow says by which proxy',
    async () => {
      await followPac(
        `function FindProxyForURL(url, host) {
        return url === '${service.baseUrl}/' && host === '${companyHost}' ? 'PROXY ${squid.address}' : 'DIRECT'
      }`,
      )
      const { flow } = await connect()
      const [route] = flow.events.flatMap((event) => (event.kind === 'exchange' ? [event.route] : []))
      const proxy = { address: `http://${squid.address}`, from: 'system', variable: null, signsIn: false }
      expect(route).toMatchObject({ proxy, authorities: ['usual', 'system'] })
      expect(service.server.to('/token').length).toBeGreaterThan(0)
    },
  )

  it.runIf(installed)(
    'is not reached where the script says DIRECT, nor where the person’s setting is none',
    async () => {
      const before = service.server.all.length
      await followPac("function FindProxyForURL() { return 'DIRECT' }")
      expect((await connect()).state).toBe('failed')
      await followPac(`function FindProxyForURL() { return 'PROXY ${squid.address}' }`)
      const { settings } = await snapshotOf(grantdesk.page)
      await callDoor(grantdesk.page, 'settings.save', { ...settings, proxy: { mode: 'off' } })
      expect((await connect()).state).toBe('failed')
      expect(service.server.all).toHaveLength(before)
    },
  )
})
