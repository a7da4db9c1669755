// Canary, in a browser: every screen with seeded secrets revealed, copied, typed and left on screen, then the vault is locked.
// Nothing of them is on the page, in its heap, in what Chromium keeps on disk, in what the host sent, wrote or logged with all
// of Node's own logging on, nor in the arguments or environment of any program, but where the three explicit operations put them.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sentToItsOwn } from '../support/canary/allow-list.ts'
import { type AllowedPlace, Capture } from '../support/canary/capture.ts'
import { heapOf } from '../support/canary/heap.ts'
import { SeededSecrets } from '../support/canary/seeded-secrets.ts'
import { type CanaryService, startCanaryService } from '../support/canary/service.ts'
import { takeFiles, watchFolder, watchProcesses } from '../support/canary/watching.ts'
import { until } from '../support/child.ts'
import { findChromium } from '../support/chromium.ts'
import { nextAddress } from '../support/system-browser.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

/** It all happens before the one test: some hundred steps, of which only one that hangs must end it (ms). */
const aWholeWay = 30 * 60_000

const session = /^serve (?:token|cookie|proof)$/
const allowList: AllowedPlace[] = [
  ...sentToItsOwn('one'),
  { place: /^answer of connections\.reveal$/, kind: /(?:access|refresh) token$/, why: 'reveal' },
  { place: /^answer of connections\.copy$/, kind: /access token$/, why: 'copy' },
  { place: /^the page while revealed$/, kind: /(?:access|refresh) token$/, why: 'reveal, on the page' },
  { place: /^the heap before the lock$/, kind: /access token$/, why: 'reveal, in the heap' },
  { place: /^the heap before the lock$/, kind: /refresh token$/, why: 'reveal of the other, in the heap' },
  { place: /^the heap before the lock$/, kind: /^typed header$/, why: 'a request that was typed, in the heap' },
  { place: /^the heap before the lock$/, kind: /^typed body$/, why: 'a body that was typed, in the heap' },
  { place: /^the heap in the wizard$/, kind: /^typed API key$/, why: 'a key that was typed, in the heap' },
  {
    place: /^the heap in the wizard$/,
    kind: /^typed client secret$/,
    why: 'a client secret that was typed, in the heap',
  },
  {
    place: /^the page (?:with|at) /,
    kind: /^(?:typed .*|one client secret)$/,
    why: 'a field holds what is typed into it',
  },
  { place: /^the clipboard$/, kind: /access token$/, why: 'copy, on the clipboard' },
  { place: /^(?:answer of|changes)/, kind: /state$/, why: 'the authorization URL holds the state' },
  { place: /^one GET \/echo header x-api-key$/, kind: /^typed header$/, why: 'what the person types is sent' },
  { place: /^the entrance$/, kind: session, why: 'the printed address lets the tab in' },
  { place: /^the heap/, kind: /^serve proof$/, why: 'the tab proves who it is with each call' },
  { place: /^the tab’s storage$/, kind: /^serve proof$/, why: 'the tab can be loaded again' },
  { place: /^the tab to sign in$/, kind: /state$/, why: 'its address is the authorization URL' },
  { place: /^Chromium’s files: /, kind: /state$/, why: 'the browser in which somebody signs in knows where it went' },
  { place: /^Chromium’s files: /, kind: session, why: 'Chromium remembers where the tab was, while the host runs' },
]

describe.skipIf(findChromium() === null)('the application in a browser', () => {
  const secrets = new SeededSecrets()
  const capture = new Capture()
  const profile = mkdtempSync(join(tmpdir(), 'grantdesk-profile-'))
  const passphrase = secrets.seed('passphrase', ' "é\\<&')
  const typed = {
    header: secrets.seed('typed header', '+/=~'),
    body: secrets.seed('typed body', '"<\\'),
    clientSecret: secrets.seed('typed client secret'),
    passphrase: secrets.seed('typed passphrase'),
    apiKey: secrets.seed('typed API key', '.~'),
    webhookSecret: secrets.seed('typed webhook secret'),
  }
  let one: CanaryService
  let grantdesk: ServedApp
  let page: Page
  const ends: (() => void)[] = []

  const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).first().click()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  const tab = (name: string) => page.getByRole('tab', { name }).click()

  const places: Record<string, (request: Request) => string> = {
    '/': () => 'the entrance',
    '/door': (request) => `answer of ${(request.postDataJSON() as { procedure: string }).procedure}`,
  }

  /** Every answer by the name of its procedure; the entrance and the tab to sign in apart. */
  function listen(context: BrowserContext) {
    context.on('response', async (response) => {
      const request = response.request()
      const { pathname, origin } = new URL(response.url())
      if (pathname === '/changes') return
      const place = origin === one.baseUrl ? 'the tab to sign in' : (places[pathname]?.(request) ?? 'the page’s files')
      const headers = await response.allHeaders().catch(() => ({}))
      const body = await response.body().catch(() => Buffer.alloc(0))
      capture.add(place, `${response.url()}\n${JSON.stringify(headers)}\n`)
      capture.add(place, body)
    })
  }

  const look = async (what: string) => capture.add(`the page ${what}`, await page.content())

  async function connect() {
    await press('New connection')
    await press(/^Canary one\b/)
    await page.getByLabel('Client id').fill('us')
    await page.getByLabel('Client secret', { exact: true }).fill(one.clientSecret)
    await look('with the client’s form filled')
    await press('Continue')
    await press('Connect')
    const address = await nextAddress(grantdesk.opened, 0)
    capture.add('the page after the redirect', await (await fetch(address)).text())
    await press('Show connection')
    await page.getByRole('tab', { name: 'Token' }).waitFor()
  }

  async function goThrough() {
    await press('Reveal')
    await press('Reveal refresh token')
    await page.getByLabel('The refresh token', { exact: true }).waitFor()
    await look('while revealed')
    await press('Hide')
    await press('Hide refresh token')
    let before = ''
    for (const copy of ['Copy token', 'Copy header', 'Copy as curl']) {
      await press(copy)
      await until(async () => (await copied()) !== before, 'something else was copied')
      before = await copied()
      capture.add('the clipboard', before)
    }
    await look('after hiding')
    await tab('Requests')
    await page.getByLabel('Path').fill('/echo')
    await press('Add header')
    await page.getByLabel('Header 1', { exact: true }).fill('X-Api-Key')
    await page.getByLabel('Header 1 value').fill(typed.header)
    await press('Send')
    await page.getByText(/^200/).first().waitFor()
    await look('with a response')
    await page.getByLabel('Method').selectOption('POST')
    await page.getByLabel('Request body').fill(typed.body)
    one.tokens = 'refused'
    await press('Refresh')
    await page
      .getByText(/invalid_grant/)
      .first()
      .waitFor()
    await look('with a refusal')
    one.tokens = 'given'
    await press('Refresh')
    await page
      .getByText(/new access token/i)
      .first()
      .waitFor()
    for (const name of ['Scopes', 'History', 'Token']) {
      await tab(name)
      await look(`at ${name}`)
    }
  }

  async function allScreens() {
    for (const name of ['Inventory', 'Services', 'Flows']) {
      await press(name)
      await page.getByRole('heading', { name }).first().waitFor()
      await look(`at ${name}`)
    }
    for (const name of [/^Connect Canary one/, /^GET \/echo/, /^Refresh /]) {
      await press('Flows')
      await page.getByRole('main').getByRole('button', { name }).first().click()
      await look('at a flow')
    }
    await press('Webhooks')
    await press('Store a secret')
    await page.getByLabel('Secret of the webhook', { exact: true }).fill(typed.webhookSecret)
    await look('with the form of a webhook secret')
    await press('Store')
    await page.getByText('any workspace, stored').waitFor()
    await look('after a webhook secret was stored')
    await press('Settings')
    await press('Change')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('New passphrase', { exact: true }).fill(typed.passphrase)
    await dialog.getByLabel('New passphrase again').fill(typed.passphrase)
    await dialog.getByLabel('Present passphrase').fill(passphrase)
    await dialog.getByRole('button', { name: 'Change passphrase' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await look('at Settings')
  }

  /** As another caller does it, while the person is in the midst of something. */
  async function lock() {
    await page.evaluate(() =>
      fetch('/door', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'grantdesk-proof': sessionStorage['grantdesk-proof'] },
        body: JSON.stringify({ procedure: 'vault.lock', input: {} }),
      }),
    )
    await page.getByRole('heading', { name: 'The vault is locked' }).waitFor()
    await look('after the lock')
    capture.add('the heap after the lock', await heapOf(page))
  }

  async function lockWhileRevealed() {
    await press(/^Ada of one/)
    await page.getByRole('tab', { name: 'Token' }).waitFor()
    await press('Copy token')
    await press('Reveal')
    await press('Reveal refresh token')
    await page.getByLabel('The refresh token', { exact: true }).waitFor()
    capture.add('the heap before the lock', await heapOf(page))
    await lock()
    await until(async () => (await copied()).trim() === '', 'the clipboard forgets')
  }

  async function lockWhileTyping() {
    await page.getByLabel('Passphrase').fill(typed.passphrase)
    await press('Unlock')
    await press('New connection')
    await press(/^Canary one\b/)
    await page.getByRole('radio', { name: 'A new client' }).check()
    await page.getByLabel('Client secret', { exact: true }).fill(typed.clientSecret)
    await page.getByRole('radio', { name: /^API key/ }).check()
    await page.locator('input[type=password]').first().fill(typed.apiKey)
    capture.add('the heap in the wizard', await heapOf(page))
    await lock()
  }

  beforeAll(async () => {
    ends.push(watchProcesses(capture))
    one = await startCanaryService('one', secrets, capture)
    grantdesk = await openServedApp({ profile, begin: listen, env: { NODE_DEBUG: 'http,net,tls,fetch,undici' } })
    page = grantdesk.page
    mkdirSync(join(grantdesk.home, 'vault'), { recursive: true })
    ends.push(watchFolder(join(grantdesk.home, 'vault'), 'the vault’s folder', capture))
    secrets.add('serve token', new URL(grantdesk.address).searchParams.get('token') ?? '')
    for (const { value } of await grantdesk.context.cookies()) secrets.add('serve cookie', value)
    secrets.add('serve proof', (await page.evaluate(() => sessionStorage.getItem('grantdesk-proof'))) ?? '')
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
    await page.getByLabel('Passphrase again').fill(passphrase)
    await press('Create vault')
    await press('Services')
    const file = { name: 'one.json', mimeType: 'application/json', buffer: Buffer.from(one.description) }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByText('Canary one').first().waitFor()
    await connect()
    await goThrough()
    await allScreens()
    await lockWhileRevealed()
    await lockWhileTyping()
    const stored = () => JSON.stringify({ ...localStorage, ...sessionStorage })
    capture.add('the tab’s storage', await page.evaluate(stored))
    capture.add('changes', grantdesk.traffic.join('\n'))
    for (const end of ends.splice(0)) end()
    const output = grantdesk.output()
    expect(output).toMatch(/HTTP \d+|NET \d+/)
    capture.add('the host’s terminal', output)
    await grantdesk.close()
    takeFiles(profile, 'Chromium’s files', capture)
  }, aWholeWay)

  afterAll(async () => {
    for (const end of ends) end()
    await grantdesk?.close().catch(() => undefined)
    await one?.close()
    rmSync(profile, { recursive: true, force: true })
  })

  it('has let no secret out but by the explicit operations, and holds none after the lock', () => {
    const { leaks, unused } = capture.check(secrets, allowList)
    expect(leaks).toEqual([])
    expect(unused).toEqual([])
    const places = [...capture.places()]
    for (const taken of [/^Chromium’s files: /, /^the vault’s folder: vault.json$/, /^environment of /]) {
      expect(places.some((place) => taken.test(place))).toBe(true)
    }
  })
})
