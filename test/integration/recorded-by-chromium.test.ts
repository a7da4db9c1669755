// Archives that Chromium itself records while clients that others wrote sign in: found, joined, checked, and without a secret.
/// <reference path="./practice-simple-oauth2.d.ts" />
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { OAuthClient } from '@makeplane/plane-node-sdk'
import type { Browser, Page } from 'playwright-core'
import { AuthorizationCode } from 'simple-oauth2'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ensureDebianPackages } from '../../build/debian-packages.ts'
import type { EventOf, FlowEvent } from '../../contract/flow/event.ts'
import { eventTitle } from '../../contract/flow/words.ts'
import { diagnose } from '../../core/diagnosis/diagnose.ts'
import { type Practice, type PracticeService, startPractice } from '../../practice/index.ts'
import { ensureChromium, openChromium } from '../support/chromium.ts'
import { importFile } from '../unit/core/har/import-fixture.ts'
import { credentials } from './practice-browser.ts'

const there = ensureChromium()
let practice: Practice
let browser: Browser
let app: Server
let callback: string
/** What the app does with the code that comes back to it. */
let redeem: (code: string) => Promise<unknown>

beforeAll(async () => {
  if (!there) return
  practice = await startPractice()
  browser = await openChromium()
  app = createServer(async (request, response) => {
    const code = new URL(request.url ?? '/', callback).searchParams.get('code')
    const done = code === null ? 'nothing' : await redeem(code).then(() => 'done', String)
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<title>App</title><p>${done}</p>`)
  })
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  callback = `http://127.0.0.1:${(app.address() as AddressInfo).port}/callback`
})
afterAll(async () => {
  await browser?.close()
  app?.close()
  await practice?.close()
})

const named = (wanted: string) => practice.services.find(({ id }) => id === wanted) as PracticeService

/** What Chromium records while somebody allows what the address asks for, and does what comes after. */
async function record(address: string, after: (page: Page) => Promise<void> = async () => undefined) {
  const file = join(mkdtempSync(join(tmpdir(), 'grantdesk-har-')), 'login.har')
  const context = await browser.newContext({ recordHar: { path: file, content: 'embed' }, bypassCSP: true })
  const page = await context.newPage()
  await page.goto(address)
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.waitForURL(`${callback}**`)
  await after(page)
  await context.close()
  const text = readFileSync(file, 'utf8')
  return { text, ...(await importFile(text)) }
}

const titles = (events: FlowEvent[]) => events.filter(({ kind }) => kind !== 'check').map(eventTitle)
const results = (events: FlowEvent[]) =>
  Object.fromEntries(
    events
      .filter((event): event is EventOf<'check'> => event.kind === 'check')
      .map(({ which, result }) => [which, result]),
  )

it.skipIf(!there)('simple-oauth2 at practice Birdview: what the browser saw of it', async () => {
  const birdview = named('birdview')
  const { client_id: id, client_secret: secret } = credentials(birdview)
  const auth = { tokenHost: birdview.baseUrl, tokenPath: '/OAuth2/Token', authorizePath: '/OAuth2/Authorize' }
  const client = new AuthorizationCode({ client: { id, secret }, auth })
  const tokens: string[] = []
  redeem = async (code) => {
    const { token } = await client.getToken({ code, redirect_uri: callback })
    tokens.push(code, String(token.access_token))
  }
  const state = 'state-of-simple-oauth2-1234'
  const { text, result, flows } = await record(client.authorizeURL({ redirect_uri: callback, scope: '', state }))
  expect(tokens).toHaveLength(2)
  expect(result).toMatchObject({ kind: 'har', fault: null, creator: expect.stringContaining('Playwright') })
  const [flow, ...others] = flows
  expect(others).toEqual([])
  expect(flow).toMatchObject({ kind: 'connect', outcome: 'succeeded' })
  expect(titles(flow?.events ?? [])).toEqual([
    'Authorization request',
    'Wait for the redirect',
    'The browser came back with a code',
  ])
  expect(results(flow?.events ?? [])).toMatchObject({ state: 'passed', redirect_uri: 'passed', code: 'passed' })
  for (const kept of [tokens[0], state]) {
    expect(text).toContain(kept)
    expect(JSON.stringify(flows)).not.toContain(kept)
  }
})

it.skipIf(!there)(
  'Plane’s SDK at practice Plane, and a page that redeems a code, refreshes, calls and replays it',
  async () => {
    const plane = named('plane')
    const { client_id: clientId, client_secret: clientSecret } = credentials(plane)
    const client = new OAuthClient({ baseUrl: plane.baseUrl, clientId, clientSecret, redirectUri: callback })
    const codes: string[] = []
    redeem = async (code) => void codes.push(code)
    const tokenUrl = `${plane.baseUrl}/auth/o/token/`
    const seen: string[] = []
    const address = client.getAuthorizationUrl('code', 'state-of-planes-sdk-1234')
    const { flows } = await record(address, async (page) => {
      await page.goto(plane.baseUrl)
      const post = (form: Record<string, string>) =>
        page.evaluate(
          async ([url, body]) => {
            const headers = { 'content-type': 'application/x-www-form-urlencoded' }
            const answer = await fetch(String(url), { method: 'POST', headers, body })
            return (await answer.json()) as Record<string, string>
          },
          [tokenUrl, new URLSearchParams(form).toString()],
        )
      const own = { client_id: clientId, client_secret: clientSecret }
      const code = { grant_type: 'authorization_code', code: codes[0] ?? '', redirect_uri: callback, ...own }
      const first = await post(code)
      const second = await post({ grant_type: 'refresh_token', refresh_token: first.refresh_token ?? '', ...own })
      const headers = { authorization: `Bearer ${second.access_token}` }
      await page.evaluate((sent) => fetch('/api/v1/users/me/', { headers: sent }).then((one) => one.text()), headers)
      await post(code)
      for (const { access_token = '', refresh_token = '' } of [first, second]) seen.push(access_token, refresh_token)
      seen.push(clientSecret, codes[0] ?? '')
    })
    const [flow, ...others] = flows
    expect(others).toEqual([])
    expect(titles(flow?.events ?? [])).toEqual([
      'Authorization request',
      'Wait for the redirect',
      'The browser came back with a code',
      'Exchange the code for tokens',
      'Refresh the access token',
      'GET /api/v1/users/me/',
      'Exchange the code for tokens',
    ])
    expect(flow).toMatchObject({ outcome: 'failed', failure: { kind: 'refused', error: 'invalid_grant' } })
    expect(results(flow?.events ?? [])).toMatchObject({ state: 'passed', redirect_uri: 'passed', token_type: 'passed' })
    for (const secret of seen) {
      expect(secret.length).toBeGreaterThan(8)
      expect(JSON.stringify(flows)).not.toContain(secret)
    }
    if (!flow) throw new Error('no flow')
    const { events, ...head } = flow
    const known = { flow: head, service: null, client: null, connection: null, grant: null, earlier: [] }
    expect(diagnose(events, known).map(({ rule }) => rule)).not.toEqual([])
  },
)

const ruby = ensureDebianPackages(['ruby-oauth2'])
const program = `
require 'oauth2'
$stdout.sync = true
client = OAuth2::Client.new(ENV['CLIENT_ID'], ENV['CLIENT_SECRET'], site: ENV['SITE'])
puts client.auth_code.authorize_url(redirect_uri: ENV['CALLBACK'], scope: 'view_project', state: 'state-of-rubys-oauth2-1234')
puts client.auth_code.get_token($stdin.gets.strip, redirect_uri: ENV['CALLBACK']).get('/users/current.json').status
`

it.skipIf(!there || !ruby)('Ruby’s oauth2 at practice Planio: what the browser saw of it', async () => {
  const planio = named('planio')
  const { client_id: CLIENT_ID, client_secret: CLIENT_SECRET } = credentials(planio)
  const env = { ...process.env, CLIENT_ID, CLIENT_SECRET, SITE: planio.baseUrl, CALLBACK: callback }
  const child = spawn('/usr/bin/ruby', ['-e', program], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const said = async () => String((await lines.next()).value)
  const codes: string[] = []
  redeem = async (code) => {
    codes.push(code)
    child.stdin.end(`${code}\n`)
    expect(await said()).toBe('200')
  }
  const { flows } = await record(await said())
  expect(codes).toHaveLength(1)
  expect(flows).toHaveLength(1)
  expect(flows[0]).toMatchObject({ kind: 'connect', outcome: 'succeeded' })
  expect(results(flows[0]?.events ?? [])).toMatchObject({ state: 'passed', redirect_uri: 'passed', code: 'passed' })
  expect(JSON.stringify(flows)).not.toContain(codes[0])
})
