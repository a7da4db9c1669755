// The person's own proxy: it stands in the history and in backups, and its password goes to no other proxy.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ProxySettings } from '../../contract/settings.ts'
import { connectCompany, failureOf } from '../support/company-connect.ts'
import { type CompanyService, companyHost, openCompanyService } from '../support/company-service.ts'
import { type ForwardProxy, startForwardProxy } from '../support/forward-proxy.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { makePrivateAuthority } from '../support/private-authority.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const folder = mkdtempSync(join(tmpdir(), 'grantdesk-proxy-setting-'))
const person = { user: 'ada', password: 'proxy-pw-4c3b2a19' }
const sealed = 'a long enough passphrase'
let environment: Record<string, string>
let service: CompanyService
let proxy: ForwardProxy
let another: ForwardProxy
let grantdesk: TestApp

beforeAll(async () => {
  const authority = makePrivateAuthority(folder)
  environment = { SSL_CERT_FILE: authority.file }
  const { key, certificate } = authority.sign(companyHost, [`DNS:${companyHost}`])
  service = await openCompanyService({ key, cert: certificate })
  proxy = await startForwardProxy({ names: [companyHost], person })
  another = await startForwardProxy({ names: [companyHost], person })
})
beforeEach(open)
afterEach(() => grantdesk.close())
afterAll(async () => {
  service.server.close()
  await Promise.all([proxy.close(), another.close()])
  rmSync(folder, { recursive: true, force: true })
})

async function open() {
  grantdesk = await openTestApp(memoryPorts({ environment }))
  await grantdesk.call('services.import', { text: JSON.stringify(service.description) })
}

const own = ({ address }: ForwardProxy, user = person.user): ProxySettings => ({
  ...{ mode: 'own', address, user, notFor: '' },
})

async function choose(next: ProxySettings, password?: string) {
  const { settings } = await grantdesk.call('app.snapshot', {})
  await grantdesk.call('settings.save', { ...settings, proxy: next })
  if (password !== undefined) await grantdesk.call('settings.setProxyPassword', { password })
}

const connect = () => connectCompany(grantdesk, service.baseUrl)

async function historyDetails(): Promise<string[]> {
  const { entries } = await grantdesk.call('history.list', { operation: 'settings' })
  return entries.map(({ detail }) => detail).reverse()
}

describe('the password of a proxy', () => {
  it('signs in there, and stays while only other settings change', async () => {
    await choose(own(proxy), person.password)
    expect((await connect()).state).toBe('done')
    const { settings } = await grantdesk.call('app.snapshot', {})
    await grantdesk.call('settings.save', { ...settings, lock: { ...settings.lock, afterMinutes: 5 } })
    await choose({ ...own(proxy), notFor: 'intranet.example' } as ProxySettings)
    expect((await connect()).state).toBe('done')
  })

  it.each([
    ['another host', () => own(another)],
    ['another user', () => own(proxy, 'grace')],
    ['none', (): ProxySettings => ({ mode: 'off' })],
    ['what the environment says', (): ProxySettings => ({ mode: 'automatic' })],
  ])('is dropped where the proxy becomes %s, and is not there when it comes back', async (_, next) => {
    await choose(own(proxy), person.password)
    await choose(next())
    expect((await historyDetails()).at(-1)).toContain('The password of the earlier proxy was removed.')
    await choose(own(proxy))
    expect(failureOf(await connect()).message).toContain('wants a user name and password (status 407)')
    expect(JSON.stringify(grantdesk.crossed)).not.toContain(person.password)
  })
})

describe('the choice of a proxy', () => {
  it('stands in the history, with who made it and without its password; what changes nothing does not', async () => {
    await choose(own(proxy), person.password)
    await choose(own(proxy), `${person.password}!`)
    await choose({ mode: 'off' })
    await choose({ mode: 'off' }, '')
    expect(await historyDetails()).toEqual([
      `Proxy: ${proxy.address}, signing in as ada.`,
      'Password of the proxy added',
      'Password of the proxy changed',
      'Proxy: none. The password of the earlier proxy was removed.',
    ])
    const { entries } = await grantdesk.call('history.list', { operation: 'settings' })
    expect(entries[0]).toMatchObject({ caller: 'window', connectionId: null, outcome: 'done' })
    expect(JSON.stringify(entries)).not.toContain(person.password)
  })

  async function backUp(): Promise<string> {
    const { text } = await grantdesk.call('backup.make', { passphrase: sealed }, 'tab')
    if (text === null) throw new Error('no backup')
    return text
  }

  it('goes into a backup with its password, and comes out of it into a vault that has no settings', async () => {
    await choose(own(proxy), person.password)
    const text = await backUp()
    expect(text).not.toContain(person.password)
    await grantdesk.close()
    await open()
    const { entries } = await grantdesk.call('backup.inspect', { text, passphrase: sealed })
    expect(entries.find(({ kind }) => kind === 'settings')).toMatchObject({
      comparison: 'new',
      words: `Proxy: ${proxy.address}, signing in as ada.`,
    })
    await grantdesk.call('backup.restore', { text, passphrase: sealed })
    expect((await grantdesk.call('app.snapshot', {})).settings.proxy).toEqual(own(proxy))
    expect((await connect()).state).toBe('done')
  })

  it('never takes the place of one that is here', async () => {
    await choose(own(proxy), person.password)
    const text = await backUp()
    const same = await grantdesk.call('backup.inspect', { text, passphrase: sealed })
    expect(same.entries.find(({ kind }) => kind === 'settings')?.comparison).toBe('same')
    await choose({ mode: 'off' })
    await grantdesk.call('backup.restore', { text, passphrase: sealed })
    expect((await grantdesk.call('app.snapshot', {})).settings.proxy).toEqual({ mode: 'off' })
    const differs = await grantdesk.call('backup.inspect', { text, passphrase: sealed })
    expect(differs.entries.find(({ kind }) => kind === 'settings')).toMatchObject({
      comparison: 'differs',
      words: 'Other settings are here, and stay.',
    })
  })
})
