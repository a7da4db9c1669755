// What tokens say inside, on the Token tab: real Chromium, the served app, an OpenID provider in this process.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../support/child.ts'
import { findChromium } from '../support/chromium.ts'
import { type OpenidServer, openidClient, startOpenidServer } from '../support/openid-server.ts'
import { expectAccessible, makeVault } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

describe.skipIf(findChromium() === null)('decoded tokens', () => {
  let grantdesk: ServedApp
  let provider: OpenidServer

  beforeAll(async () => {
    provider = await startOpenidServer()
    grantdesk = await openServedApp()
    await makeVault(grantdesk)
  })
  afterAll(async () => {
    await grantdesk?.close()
    await provider?.close()
  })

  async function connect(scopes: string[]): Promise<void> {
    const { ask, page } = grantdesk
    const { description } = await ask('services.discover', { url: provider.issuer })
    await ask('services.import', { text: JSON.stringify({ ...description, id: 'openid' }), replace: true })
    const client = {
      ...{ serviceId: 'openid', baseUrl: description.base.default ?? '', ...openidClient },
      ...{ redirect: { mode: 'ephemeral' as const }, clientAuthentication: 'body' as const },
    }
    const known = new Set((await ask('app.snapshot', {})).connections.map(({ id }) => id))
    const begun = await ask('connect.start', { client, grantId: 'authorization_code', scopes })
    if (begun.state !== 'awaiting_redirect') throw new Error(`connecting is ${begun.state}`)
    await fetch(begun.authorizationUrl)
    const found = async () => (await ask('app.snapshot', {})).connections.find(({ id }) => !known.has(id))
    await until(async () => (await found()) !== undefined, 'the provider is connected')
    await page.locator(`[data-row="${(await found())?.id}"]`).click()
    await page.getByRole('tab', { name: 'Token' }).waitFor()
  }

  const part = (title: string) =>
    grantdesk.page.locator('section', { has: grantdesk.page.getByRole('heading', { name: title, exact: true }) }).last()

  it('explain each claim, and tell times in the person’s own words', async () => {
    const { page } = grantdesk
    const exp = Math.floor(Date.now() / 1000) + 3600
    const claims = { iss: provider.issuer, aud: 'api', scope: 'things', iat: 'yesterday', exp, tenant: 't-1' }
    provider.lies = { accessToken: { claims } }
    await connect(['things'])
    const decoded = part('Decoded')
    await decoded.getByText('Who issued the token.').waitFor()
    const words = (await decoded.textContent()) ?? ''
    const local = await page.evaluate(
      (at) => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }).format(at),
      exp * 1000,
    )
    for (const expected of [local, 'RFC 7519 §4.1.4', 'RFC 9068 §2.2.3', 'not a time', 'the issuer’s own']) {
      expect(words).toContain(expected)
    }
    await decoded.scrollIntoViewIfNeeded()
    await expectAccessible(grantdesk, 'a decoded token')
    await grantdesk.screenshot('decoded-token')
  })

  it('stand beside each other, and their signatures are verified with the service’s keys', async () => {
    const { page } = grantdesk
    provider.lies = { accessToken: { claims: { iss: provider.issuer, sub: 'ada-1' }, signedBy: 'another_key' } }
    await connect(['openid'])
    const [accessToken, idToken] = [part('Decoded'), part('ID token')]
    await idToken.getByText('this client', { exact: true }).waitFor()
    for (const one of [accessToken, idToken]) await one.getByText('not verified yet').waitFor()
    await page.getByRole('button', { name: 'Verify signatures' }).click()
    await idToken.getByText('verified (RS256)').waitFor()
    await accessToken.getByText('not the issuer’s', { exact: true }).waitFor()
    await expectAccessible(grantdesk, 'verified signatures')
    await idToken.getByText('this client', { exact: true }).scrollIntoViewIfNeeded()
    await grantdesk.screenshot('decoded-id-token')
  })
})
