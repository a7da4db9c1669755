// What an authorization server says of a token by introspection, and an installation that was begun at the service: real
// Chromium, the served app.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { openTestServer, type TestServer } from '../support/test-server.ts'
import { chooseGrant, expectAccessible, makeVault, pasteInto, startPractice } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

const description = (baseUrl: string) => ({
  ...{ schema: 2, id: 'told', name: 'Told', base: { default: baseUrl, example: baseUrl }, scopes: {} },
  endpoints: { authorization: '{base}/authorize', token: '{base}/token', introspection: '{base}/introspect' },
  registration: { steps: 'Ask.' },
  clientAuthentication: { allowed: ['body'], default: 'body' },
  redirect: { anyPort: 'yes' },
  grants: [{ id: 'password', type: 'password', name: 'Password' }],
})

const tokens = { access_token: 'at-0123456789abcdef', refresh_token: 'rt-0123456789abcdef' }

describe.skipIf(findChromium() === null)('told by the server', () => {
  let grantdesk: ServedApp
  let server: TestServer

  beforeAll(async () => {
    server = await openTestServer(({ path }) =>
      path === '/introspect'
        ? { json: { active: true, sub: 'user-7', username: 'ada', scope: 'read write', client_id: 'another' } }
        : { json: { ...tokens, expires_in: 3600, scope: 'read admin' } },
    )
    grantdesk = await openServedApp()
    await makeVault(grantdesk)
    await startPractice(grantdesk)
  })
  afterAll(async () => {
    await grantdesk?.close()
    server?.close()
  })

  const press = (name: string) => grantdesk.page.getByRole('button', { name, exact: true }).first().click()

  it('is on the Token tab what introspection reported, and whose the token is', async () => {
    const { page, ask } = grantdesk
    await ask('services.import', { text: JSON.stringify(description(server.baseUrl)) })
    await ask('connect.start', {
      client: {
        ...{ serviceId: 'told', baseUrl: server.baseUrl, clientId: 'app', clientSecret: 'app-s3cret-0123456789' },
        ...{ clientAuthentication: 'body', redirect: { mode: 'ephemeral' } },
      },
      ...{ grantId: 'password', scopes: [], username: 'ada', password: 'pw-0123456789' },
      name: 'Told by introspection',
    })
    await page.locator('[data-row]', { hasText: 'Told by introspection' }).click()
    await page.getByText('Reported by introspection').waitFor()
    await page.getByText('active, subject user-7, user name ada, scopes read write').waitFor()
    await page.getByText('Scopes not reported: admin. Scopes reported besides: write.').waitFor()
    await page.getByText('It was issued to the client another, not to app.').waitFor()
    await expectAccessible(grantdesk, 'what introspection reported')
    await grantdesk.screenshot('told-introspection')
  })

  it('comes from an address that the description’s form shows', async () => {
    const { page } = grantdesk
    await press('Services')
    await page.getByRole('button', { name: /^Told imported/ }).click()
    await page.getByRole('button', { name: 'Edit Told', exact: true }).click()
    const field = page.getByLabel('Introspection endpoint', { exact: true })
    expect(await field.inputValue()).toBe('{base}/introspect')
    await field.scrollIntoViewIfNeeded()
    await grantdesk.screenshot('told-introspection-field')
  })

  it('is an installation that was begun there: its address is pasted, without a browser', async () => {
    const { page, ask } = grantdesk
    const practice = await ask('practice.start', {})
    const plane = practice.state === 'running' && practice.services.find(({ serviceId }) => serviceId === 'plane')
    if (!plane) throw new Error('practice has no Plane')
    const body = new URLSearchParams({ app: 'plane-practice-app', workspace: 'practice-two' })
    const installed = await (await fetch(`${plane.baseUrl}/marketplace/`, { method: 'POST', body })).text()
    const address = /id="setup_url">([^<]+)</.exec(installed)?.[1] ?? ''
    await chooseGrant(grantdesk, 'Plane', 'Bot token')
    await press('Continue')
    await pasteInto(grantdesk, page.getByLabel('Installed already'), `“${address}”\u200b`)
    await page.getByText('One invisible character was left out. The quotes around it were left out.').waitFor()
    await page.getByText('Nothing shows who began this installation.').waitFor()
    await expectAccessible(grantdesk, 'an installation that was begun at the service')
    await grantdesk.screenshot('told-installed-already')
    await press('Connect')
    await page.getByText('Connected', { exact: true }).waitFor()
    await press('Show connection')
    await page.getByText('the app’s bot', { exact: true }).first().waitFor()
  })
})
