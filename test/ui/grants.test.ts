// Every way in on the screen, as a person finds it: real Chromium, the served app, the practice services.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { allow, beginConnecting, chooseGrant, expectAccessible, makeVault, pasteInto, startPractice } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

const key = 'plane_api_practice_ada_0123456789abcdef'
const password = 'ada-practice'

describe.skipIf(findChromium() === null)('the ways in', () => {
  let grantdesk: ServedApp

  beforeAll(async () => {
    grantdesk = await openServedApp()
    await makeVault(grantdesk)
    await startPractice(grantdesk)
  })
  afterAll(() => grantdesk?.close())

  const press = (name: string) => grantdesk.page.getByRole('button', { name, exact: true }).first().click()

  async function lookAtGrant(service: string, grant: string) {
    await chooseGrant(grantdesk, service, grant)
    await expectAccessible(grantdesk, `the grants of ${service}`)
    await grantdesk.screenshot(`way-${service}-${grant}`.replaceAll(' ', '-'))
  }

  it('begin with the service: grouped, searched, and walked by the arrows', async () => {
    const { page } = grantdesk
    await press('Grantdesk overview')
    await press('New connection')
    for (const name of ['Built in', 'More services', 'Your own', 'Practice services'])
      await page.getByRole('heading', { name, exact: true }).waitFor()
    await expectAccessible(grantdesk, 'the services to choose from')
    await grantdesk.screenshot('services-to-choose')
    await page.getByLabel('Search services').fill('git')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Connect GitHub' }).waitFor()
    await page.getByRole('radio', { name: 'Device code' }).check()
    await page.getByText('No redirect URI').waitFor()
    await page.getByRole('button', { name: 'Copy redirect URI' }).waitFor({ state: 'detached' })
  })

  it('show endpoints that nobody has confirmed, and ask for a name where the service names nobody', async () => {
    const { page } = grantdesk
    await press('Grantdesk overview')
    await press('New connection')
    await page.getByRole('list', { name: 'Built in' }).getByRole('button', { name: 'Agile Planner' }).click()
    const endpoints = page.getByRole('region', { name: 'Endpoints' })
    await endpoints.getByText('https://www.agileplannerapp.com/oauth/token').waitFor()
    expect(await endpoints.getByText('unverified').count()).toBe(2)
    await expectAccessible(grantdesk, 'unverified endpoints')
    await grantdesk.screenshot('unverified-endpoints')
    await page.getByLabel('Client id').fill('planner')
    await page.getByLabel('Client secret', { exact: true }).fill('planner-s3cret')
    await press('Continue')
    await press('Connect')
    await page.getByText('Give it a name').waitFor()
    await expectAccessible(grantdesk, 'a missing name')
  })

  it('an API key is entered, named by its account, and forgotten by the form', async () => {
    const { page } = grantdesk
    await lookAtGrant('Plane', 'API key')
    await page.getByText('all your power').waitFor()
    await press('Continue')
    await page.getByText('The API key is missing.').waitFor()
    await page.getByRole('textbox', { name: 'API key' }).fill(key)
    await press('Continue')
    await page.getByText('X-Api-Key: ••••').waitFor()
    await expectAccessible(grantdesk, 'how a key is sent')
    await press('Connect')
    await page.getByText('never', { exact: true }).waitFor()
    await press('Show connection')
    await page.getByRole('heading', { name: /ada/ }).first().waitFor()
    await expectAccessible(grantdesk, 'the connection of an API key')
    await grantdesk.screenshot('connection-of-a-key')
  })

  it('a key is replaced by a new one alone: all else is as before', async () => {
    const { page } = grantdesk
    await press('Replace token')
    await page.getByRole('heading', { name: /^Reconnect ada/ }).waitFor()
    expect(await page.getByRole('radio').count()).toBe(0)
    expect(await page.getByLabel('Base URL').count()).toBe(0)
    await expectAccessible(grantdesk, 'a new key for a connection')
    await page.getByRole('textbox', { name: 'New API key' }).fill(key)
    await press('Replace token')
    await page.getByText('Connected', { exact: true }).waitFor()
    await press('Show connection')
    await page.getByRole('heading', { name: /ada/ }).first().waitFor()
  })

  it('a key that the service refuses is not kept, and is asked for again', async () => {
    const { page } = grantdesk
    await lookAtGrant('Plane', 'API key')
    await page.getByRole('textbox', { name: 'API key' }).fill('plane_api_not_one_0123456789')
    await press('Continue')
    await press('Connect')
    await page.getByText('Not connected', { exact: true }).waitFor()
    await expectAccessible(grantdesk, 'a refused key')
    await press('Change the token')
    expect(await page.getByRole('textbox', { name: 'API key' }).inputValue()).toBe('')
  })

  it('a key is found in a curl command, shown without being told, and sent alone', async () => {
    const { page } = grantdesk
    await lookAtGrant('Plane', 'API key')
    const field = page.getByRole('textbox', { name: 'API key' })
    await pasteInto(grantdesk, field, `curl https://api.plane.so/me \\\n  -H 'X-Api-Key: ${key}'\n`)
    await page.getByText(`“X-Api-Key” of the curl command: plan…cdef, ${key.length} characters.`).waitFor()
    expect(await field.inputValue()).toBe(key)
    await expectAccessible(grantdesk, 'a key that was found')
    await grantdesk.screenshot('found-key')
    await press('Use what was pasted')
    expect(await field.inputValue()).toContain('curl')
    await page.getByText('Taken as it was pasted.').waitFor()
  })

  it('of several that a key could be, one is chosen, and none is sent before', async () => {
    const { page } = grantdesk
    const field = page.getByRole('textbox', { name: 'API key' })
    await pasteInto(grantdesk, field, JSON.stringify({ access_token: key, refresh_token: 'refresh-0123456789' }))
    await page.getByText('Several values were found. Which one is it?').waitFor()
    await expectAccessible(grantdesk, 'several keys that were found')
    await grantdesk.screenshot('several-keys')
    await press('Continue')
    await page.getByText('Choose which of them is the API key.').waitFor()
    await page.getByRole('button', { name: /as “access_token” in the JSON/ }).click()
    expect(await field.inputValue()).toBe(key)
  })

  it('what came along with a key, an address or an id is taken off and told, also where it was typed', async () => {
    const { page } = grantdesk
    const field = page.getByRole('textbox', { name: 'API key' })
    await pasteInto(grantdesk, field, ` "${key}"\u200b\n`)
    await page.getByText('The quotes around it were left out.').waitFor()
    expect(await field.inputValue()).toBe(key)
    const address = page.getByLabel('Base URL')
    const typed = await address.inputValue()
    await address.fill(`${typed} `)
    await page.keyboard.press('Enter')
    await page.getByText('One blank at the end was left out.').waitFor()
    expect(await address.inputValue()).toBe(typed)
    await page.getByRole('heading', { name: 'Connect Plane' }).waitFor()
    expect(await field.isVisible()).toBe(true)
    await page.keyboard.press('Enter')
    await page.getByText('X-Api-Key: ••••').waitFor()
  })

  it('a blank that may belong to a client secret is left out, told, and can be kept', async () => {
    const { page } = grantdesk
    await press('Grantdesk overview')
    await press('New connection')
    await page.getByRole('list', { name: 'Built in' }).getByRole('button', { name: 'Agile Planner' }).click()
    const field = page.getByLabel('Client secret', { exact: true })
    await pasteInto(grantdesk, field, 's3cret-of-a-client \n')
    await page.getByText('One blank at the end was left out.').waitFor()
    expect(await field.inputValue()).toBe('s3cret-of-a-client')
    await grantdesk.screenshot('blank-of-a-secret')
    await press('Keep it')
    await page.getByText('One blank at the end was kept.').waitFor()
    expect(await field.inputValue()).toBe('s3cret-of-a-client ')
    await page.getByLabel('Client id').click()
    expect(await field.inputValue()).toBe('s3cret-of-a-client ')
  })

  it('a bot token comes after the installation in the browser, and is the bot’s', async () => {
    const { page } = grantdesk
    await lookAtGrant('Plane', 'Bot token')
    await press('Continue')
    await press('Connect')
    await page.getByText('Waiting for the installation in the browser').waitFor()
    await expectAccessible(grantdesk, 'an installation')
    expect(await grantdesk.consent('Allow', 'ada')).toContain('Grantdesk has the answer')
    await press('Show connection')
    await page.getByText('Bot token').first().waitFor()
  })

  it('client credentials ask whom they act as before anything is sent', async () => {
    const { page } = grantdesk
    await lookAtGrant('Birdview', 'Client credentials')
    await press('Continue')
    await press('Connect')
    await page.getByText('User id is missing.').waitFor()
    await page.getByLabel('User id').fill('seven')
    await page.getByText('User id is a number.').waitFor()
    await page.getByLabel('User id').fill('7')
    await page.getByText('Acts as user 7', { exact: true }).waitFor()
    await expectAccessible(grantdesk, 'whom client credentials act as')
    await grantdesk.screenshot('acts-as')
    await press('Connect')
    await page.getByText('Connected', { exact: true }).waitFor()
    await page.getByText('user 7', { exact: true }).first().waitFor()
  })

  it('a password is asked for with a warning, used once, and typed anew after a refusal', async () => {
    const { page } = grantdesk
    await lookAtGrant('Birdview', 'Password')
    await press('Continue')
    await page.getByText('It is used once, at the token endpoint, and never stored.').waitFor()
    await expectAccessible(grantdesk, 'the password')
    await grantdesk.screenshot('password')
    await page.getByLabel('User name').fill('ada')
    await page.getByLabel('Password', { exact: true }).fill('not-this-one')
    await press('Connect')
    await press('Enter the password again')
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('')
    await page.getByLabel('Password', { exact: true }).fill(password)
    await press('Connect')
    await page.getByText('Connected', { exact: true }).waitFor()
  })

  it('a code that the service shows is pasted: the field for it has the focus', async () => {
    const { page } = grantdesk
    await press('Grantdesk overview')
    await press('Connect Planio')
    await press('Choose another way in')
    await press('Change this client')
    await page.getByText('Paste the code', { exact: true }).click()
    expect(await page.getByLabel('Redirect URI to register').inputValue()).toBe('urn:ietf:wg:oauth:2.0:oob')
    await expectAccessible(grantdesk, 'the redirect URI of a shown code')
    await press('Continue')
    await press('Connect')
    await page.getByText('Waiting for the code').waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
    await expectAccessible(grantdesk, 'the field for a shown code')
    await grantdesk.screenshot('out-of-band')
    const shown = await grantdesk.consent('Allow', 'ada')
    const code = shown.replace(/\s+/g, ' ').match(/[A-Za-z0-9_-]{20,}/)?.[0] ?? ''
    await page.keyboard.type(code)
    await page.keyboard.press('Enter')
    await page.getByText('Connected', { exact: true }).waitFor()
  })

  it('another account on a reconnection is asked about, and nothing is lost by keeping both', async () => {
    const { page } = grantdesk
    await beginConnecting(grantdesk, 'Plane')
    await allow(grantdesk, 'ada')
    const name = await page.getByRole('heading', { level: 1 }).first().textContent()
    await press('Reconnect')
    await page.getByRole('heading', { name: `Reconnect ${name}` }).waitFor()
    await press('Connect')
    await grantdesk.consent('Allow', 'alice')
    const question = page.getByRole('region', { name: 'Another account' })
    await question.getByRole('button', { name: 'Keep both' }).waitFor()
    await question.getByRole('button', { name: /^Put .* tokens into this connection$/ }).waitFor()
    await question.getByRole('button', { name: /^Forget .* tokens$/ }).waitFor()
    await expectAccessible(grantdesk, 'the question about another account')
    await grantdesk.screenshot('another-account')
    await page.keyboard.press('Enter')
    await press('Show connection')
    await page.getByRole('heading', { name: /alice/i }).first().waitFor()
  })

  it('another account’s tokens can be forgotten: the connection is as it was', async () => {
    const { page } = grantdesk
    await press('Reconnect')
    await press('Connect')
    await grantdesk.consent('Allow', 'ada')
    await page.getByRole('button', { name: /^Forget .* tokens$/ }).click()
    await page.getByText('The new tokens are forgotten').waitFor()
    await press('Show connection')
    await page.getByRole('heading', { name: /alice/i }).first().waitFor()
  })

  it('have let neither key nor password out', async () => {
    const traffic = grantdesk.traffic.join('\n')
    for (const secret of [key, password]) {
      expect(traffic).not.toContain(secret)
      expect(grantdesk.output()).not.toContain(secret)
      expect(await grantdesk.page.content()).not.toContain(secret)
    }
  })
})
