// How services are reached, on the screen: the person's own proxy in the settings, and a service's certificates.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makePrivateAuthority, type PrivateAuthority, type Signed } from '../support/private-authority.ts'
import { expectAccessible, makeVault } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

const folder = mkdtempSync(join(tmpdir(), 'grantdesk-network-ui-'))
const proxyPassword = 'proxy-pw-1f2e3d4c'
let authority: PrivateAuthority
let client: Signed
let grantdesk: ServedApp

beforeAll(async () => {
  authority = makePrivateAuthority(folder)
  client = authority.sign('Ada Lovelace')
  grantdesk = await openServedApp()
  await makeVault(grantdesk)
})
afterAll(async () => {
  await grantdesk?.close()
  rmSync(folder, { recursive: true, force: true })
})

const choice = (name: string) =>
  grantdesk.page.getByRole('radiogroup', { name: 'Proxy' }).getByText(name, { exact: true })

it('a proxy of one’s own is set with its password, which the page keeps nowhere', async () => {
  const { page } = grantdesk
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page.getByRole('heading', { name: 'Proxy', exact: true }).waitFor()
  await page.getByText('Automatic takes HTTPS_PROXY and NO_PROXY').waitFor()
  await choice('Own proxy').click()
  const password = page.getByLabel('Password', { exact: true })
  expect(await password.isDisabled()).toBe(true)
  await page.getByLabel('Address', { exact: true }).fill('socks5://proxy.corp.test:1080')
  await page.getByLabel('User name', { exact: true }).fill('ada')
  await password.fill(proxyPassword)
  await page.getByLabel('Not for', { exact: true }).fill('intranet.example, 10.0.0.0/8')
  await expectAccessible(grantdesk, 'a proxy of one’s own')
  await choice('Own proxy').scrollIntoViewIfNeeded()
  await grantdesk.screenshot('settings-proxy')
  await page.getByRole('button', { name: 'Use this proxy' }).click()
  await expect.poll(() => password.inputValue()).toBe('')
  // The password is stored after the proxy: a page that is loaded again sooner would not ask for that.
  await expect
    .poll(async () => JSON.stringify(await grantdesk.ask('history.list', {})))
    .toContain('Password of the proxy added')
  await page.reload()
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await expect
    .poll(() => page.getByLabel('Address', { exact: true }).inputValue())
    .toBe('socks5://proxy.corp.test:1080')
  expect(await password.inputValue()).toBe('')
  expect(grantdesk.traffic.join('\n')).not.toContain(proxyPassword)
})

it('an address with a user name in it is refused at once, and what was chosen stands in the history', async () => {
  const { page } = grantdesk
  await page.getByLabel('Address', { exact: true }).fill('http://ada:pw@proxy.corp.test:3128')
  await page.getByRole('button', { name: 'Use this proxy' }).click()
  await page.getByText('This was not stored').waitFor()
  await page.getByText('without user name and password').first().waitFor()
  await expectAccessible(grantdesk, 'a proxy’s address that is refused')
  await choice('None').click()
  await page.getByRole('button', { name: 'History', exact: true }).click()
  await page.getByText('Proxy: none. The password of the earlier proxy was removed.').waitFor()
  await page.getByText('Password of the proxy added').waitFor()
})

it('a service’s own authority and a client certificate are given, shown by name and end, and taken back', async () => {
  const { page } = grantdesk
  await page.getByRole('button', { name: 'Services', exact: true }).click()
  await page
    .getByRole('button', { name: /^Plane/ })
    .first()
    .click()
  await page.getByText('Those of this machine').waitFor()
  await page.getByRole('button', { name: 'Set certificates for Plane' }).click()
  const ofAuthority = page.getByLabel('Certificate authority')
  await ofAuthority.fill(client.certificate)
  await expectAccessible(grantdesk, 'the form for certificates')
  await page.getByRole('button', { name: 'Save certificates' }).click()
  await page.getByText('is not an authority’s').waitFor()
  await expectAccessible(grantdesk, 'a certificate that is refused')
  await ofAuthority.fill(authority.certificate)
  await page.getByLabel('Client certificate and private key').fill(`${client.certificate}\n${client.key}`)
  await ofAuthority.scrollIntoViewIfNeeded()
  await grantdesk.screenshot('service-certificates-form')
  await page.getByRole('button', { name: 'Save certificates' }).click()
  await page.getByText('CN=Corp Root, O=Corp').waitFor()
  await page.getByText('CN=Ada Lovelace, O=Corp').waitFor()
  await page
    .getByText(/, ends on /)
    .first()
    .waitFor()
  expect(await page.getByText('This was not stored').count()).toBe(0)
  await expectAccessible(grantdesk, 'a service with certificates')
  await page.getByRole('button', { name: 'Trust them no more' }).scrollIntoViewIfNeeded()
  await grantdesk.screenshot('service-certificates')
  expect(grantdesk.traffic.join('\n')).not.toContain(client.key.split('\n')[1] ?? '-')
  await page.getByRole('button', { name: 'Trust them no more' }).click()
  await page.getByRole('button', { name: 'Forget it' }).click()
  await page.getByText('Those of this machine').waitFor()
})
