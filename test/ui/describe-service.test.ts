// A service of one's own, described on the screen: discovered, copied, written by hand and as JSON, and the endpoints of a
// built-in one mended.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { oidcProvider } from '../integration/interop/authorization-servers.ts'
import { findChromium } from '../support/chromium.ts'
import { type ForeignServer, startForeignServer } from '../support/foreign-server.ts'
import { startOpenidServer } from '../support/openid-server.ts'
import { expectAccessible, makeVault } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

describe.skipIf(findChromium() === null)('describing a service', () => {
  let grantdesk: ServedApp
  let server: ForeignServer

  beforeAll(async () => {
    server = await startForeignServer(oidcProvider.program)
    grantdesk = await openServedApp()
    await makeVault(grantdesk)
  })
  afterAll(async () => {
    await grantdesk?.close()
    await server?.stop()
  })

  const press = (name: string) => grantdesk.page.getByRole('button', { name, exact: true }).first().click()
  const write = (label: string, text: string) => grantdesk.page.getByLabel(label, { exact: true }).first().fill(text)
  const show = (view: 'Form' | 'JSON') =>
    grantdesk.page.getByRole('radiogroup', { name: 'View' }).getByText(view).click()
  const editor = () => grantdesk.page.getByRole('textbox', { name: 'The description as JSON' })

  async function begin() {
    await press('Services')
    await press('Add a service')
    await grantdesk.page.getByRole('heading', { name: 'Add a service' }).waitFor()
  }

  it('by discovery says what failed, and fills in what the issuer publishes', async () => {
    const { page } = grantdesk
    await begin()
    await expectAccessible(grantdesk, 'the beginnings of a description')
    await grantdesk.screenshot('describe-begin')
    await write('Issuer', 'http://127.0.0.1:9')
    await press('Discover')
    await page.getByText('Nothing was discovered').waitFor()
    await write('Issuer', server.baseUrl)
    await write('Where the API lives', 'https://api.example.com/v1')
    await press('Discover')
    await page.getByText(`Discovered at ${server.baseUrl}/.well-known/oauth-authorization-server.`).waitFor()
    expect(await page.getByLabel('Token endpoint', { exact: true }).inputValue()).toBe('{base}/token')
    expect(await page.getByLabel('Scopes to choose from').inputValue()).toContain('openid')
    expect(await page.getByLabel('Where the API lives').inputValue()).toBe('https://api.example.com {base}')
    expect(await page.getByLabel('Who am I', { exact: true }).inputValue()).toBe('{base}/me')
    await write('Name', 'Discovered')
    await expectAccessible(grantdesk, 'a discovered description')
    await grantdesk.screenshot('describe-discovered')
    await press('Save')
    await page.getByRole('button', { name: 'Connect Discovered' }).waitFor()
    await page.getByText('Discovered is saved.').waitFor()
    await page.getByText(`https://api.example.com, ${server.baseUrl}`, { exact: true }).waitFor()
    await grantdesk.screenshot('discovered-facts')
  })

  it('of an API that trusts several authorization servers asks which', async () => {
    const { page } = grantdesk
    const [first, second] = await Promise.all([startOpenidServer(), startOpenidServer()])
    try {
      first.lies.resource = { authorization_servers: [first.issuer, second.issuer] }
      await begin()
      await write('Issuer', `${first.api.url}/things`)
      await press('Discover')
      const choice = page.getByLabel('Authorization server', { exact: true })
      await choice.waitFor()
      expect(await choice.inputValue()).toBe(first.issuer)
      await expectAccessible(grantdesk, 'the choice of an authorization server')
      await grantdesk.screenshot('describe-authorization-server')
      await choice.selectOption(second.issuer)
      await press('Discover')
      await page.getByText(`The API also trusts ${first.issuer}`).waitFor()
      expect(await page.getByLabel('Base URL', { exact: true }).inputValue()).toBe(second.issuer)
      await press('Cancel')
    } finally {
      await Promise.all([first.close(), second.close()])
    }
  })

  it('tells where answers hold what the RFC names otherwise', async () => {
    const { page } = grantdesk
    await begin()
    await press('Write it by hand')
    await page.locator('summary', { hasText: 'form of requests and answers' }).click()
    await write('Where the access token is', 'authed_user.access_token access_token')
    await write('Kept for later', 'instance_url\nregion: account.region')
    await page.getByLabel('Token requests are sent as').selectOption('JSON')
    await page.getByLabel('Kept for later').scrollIntoViewIfNeeded()
    await expectAccessible(grantdesk, 'the places of an answer')
    await grantdesk.screenshot('describe-answers')
    await show('JSON')
    const written = JSON.parse((await editor().textContent()) ?? '')
    expect(written).toMatchObject({
      tokenRequest: { encoding: 'json' },
      tokenResponse: {
        accessToken: ['authed_user.access_token', 'access_token'],
        keep: { instance_url: ['instance_url'], region: ['account.region'] },
      },
    })
    await press('Cancel')
    await press('Discard')
  })

  it('by file hands the schema of such a file on', async () => {
    const { page } = grantdesk
    await begin()
    const [download] = await Promise.all([page.waitForEvent('download'), press('Save the schema')])
    expect(download.suggestedFilename()).toBe('service-description.v2.schema.json')
    await page.getByText('The schema is saved. service-description.v2.schema.json is in your downloads.').waitFor()
    await press('Cancel')
  })

  it('by hand shows what does not fit at its field, and saves what does', async () => {
    const { page } = grantdesk
    await begin()
    await press('Write it by hand')
    await press('Save')
    await page.getByText('things do not fit').waitFor()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-path'))).toBe('id')
    await expectAccessible(grantdesk, 'a description that does not fit')
    await grantdesk.screenshot('describe-issues')
    await write('Name', 'Plane')
    expect(await page.getByLabel('Id', { exact: true }).inputValue()).toBe('plane-2')
    await write('Id', 'plane')
    await press('Save')
    await page.getByText('is taken by Plane').waitFor()
    await write('Name', 'By hand')
    await write('Id', 'by-hand')
    await page.getByLabel('Each account has its own address').uncheck()
    await write('Base URL', 'https://id.example.com')
    await page.getByLabel('Scopes to choose from').fill('[Things]\nthings.read  See things\nthings.write')
    await press('Add grant')
    await page.getByRole('group', { name: 'Client credentials' }).waitFor()
    await write('Who am I', '/api/me')
    await write('Where the name is', 'user.name user.mail')
    await press('Save')
    await page.getByRole('button', { name: 'Connect By hand' }).waitFor()
    await page.getByText('Authorization: Bearer …').waitFor()
    await page.getByText('/api/me').waitFor()
    await expectAccessible(grantdesk, 'the facts of a service')
    await grantdesk.screenshot('service-facts')
  })

  it('goes on where it was left, in the form and as JSON', async () => {
    const { page } = grantdesk
    await press('Edit By hand')
    await write('Description', 'Left in the middle')
    await press('Inventory')
    await press('Services')
    await page.getByRole('button', { name: /^By hand/ }).click()
    await press('Edit By hand')
    expect(await page.getByLabel('Description', { exact: true }).inputValue()).toBe('Left in the middle')
    await show('JSON')
    await expectAccessible(grantdesk, 'a description as JSON')
    await grantdesk.screenshot('describe-json')
    await editor().fill('{ "schema": ')
    await page.getByRole('alert').first().waitFor()
    expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true)
    await editor().fill('{\n  "schema": 2,\n  "id": "by-hand",\n  "name": "By hand",\n  "pkce": "none"\n}')
    await press('Save')
    await page
      .getByText(/^Line \d+:/)
      .first()
      .waitFor()
    await press('Cancel')
    await page.getByText('Discard the changes?').waitFor()
    await press('Discard')
    await page.getByRole('button', { name: 'Edit By hand' }).waitFor()
  })

  it('of a built-in service mends its endpoints on the way to connecting, and is taken back', async () => {
    const { page } = grantdesk
    await press('Grantdesk overview')
    await press('New connection')
    await page.getByRole('list', { name: 'Built in' }).getByRole('button', { name: 'Agile Planner' }).click()
    await press('Edit endpoints')
    await page.getByText('comes with Grantdesk').waitFor()
    await write('Token endpoint', '{base}/oauth2/token')
    await press('I have confirmed it: Token endpoint')
    await expectAccessible(grantdesk, 'endpoints that are confirmed')
    await grantdesk.screenshot('describe-endpoints')
    await press('Save and connect')
    await page.getByText('would take its place').waitFor()
    await grantdesk.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Connect Agile Planner' }).waitFor()
    const endpoints = page.getByRole('region', { name: 'Endpoints' })
    await endpoints.getByText('https://www.agileplannerapp.com/oauth2/token').waitFor()
    expect(await endpoints.getByText('unverified').count()).toBe(1)
    await press('Services')
    await page.getByLabel('Search services').fill('agile')
    await page.getByRole('button', { name: /^Agile Planner.*adjusted/ }).click()
    await press('Reset Agile Planner')
    await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click()
    await page.getByRole('button', { name: /^Agile Planner.*2 unverified|^Agile Planner.*3 unverified/ }).waitFor()
  })

  it('as a copy has a name and an id of its own, and all that the form does not show', async () => {
    const { page } = grantdesk
    await begin()
    await page.getByLabel('Service to copy').selectOption('Plannr')
    await press('Copy it')
    expect(await page.getByLabel('Id', { exact: true }).inputValue()).toBe('plannr-copy')
    await show('JSON')
    await editor().getByText('plannr-copy').waitFor()
    await show('Form')
    await press('Save')
    await page.getByRole('button', { name: 'Connect Plannr (copy)' }).waitFor()
    await page.getByText('X-PLANNR-ACCOUNT-UUID').first().waitFor()
  })
})
