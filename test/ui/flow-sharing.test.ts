// Flows as files in the window: another program's login is imported, a flow is exported and opened offline, and copied as an
// issue.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { archive } from '../unit/core/har/recorded.ts'
import { clipboardOf, connect, expectAccessible, makeVault } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

let grantdesk: ServedApp
const folder = mkdtempSync(join(tmpdir(), 'grantdesk-flows-'))
const code = 'k3mPq8ZsT1vWxYb2Ha7L'
const redirectUri = 'https://app.example/callback'

const login = archive([
  {
    url: `https://login.example/authorize?${new URLSearchParams({ response_type: 'code', client_id: 'web', redirect_uri: redirectUri, state: 'sTaTe-0123456789' })}`,
    status: 302,
    location: `${redirectUri}?code=${code}&state=sTaTe-0123456789`,
  },
  { url: `${redirectUri}?code=${code}&state=sTaTe-0123456789` },
  {
    url: 'https://login.example/token',
    form: { grant_type: 'authorization_code', code, redirect_uri: redirectUri, client_id: 'web' },
    status: 400,
    json: { error: 'invalid_grant', error_description: 'The code was used before' },
    answerHeaders: { 'x-request-id': 'req-77' },
  },
])

beforeAll(async () => {
  grantdesk = await openServedApp()
  await makeVault(grantdesk)
})
afterAll(() => grantdesk?.close())

const openFlows = () => grantdesk.page.getByRole('navigation').getByRole('button', { name: 'Flows' }).click()
const share = () => grantdesk.page.getByRole('button', { name: 'Share this flow' }).click()

it('reads the login of another program from a HAR, and shows it', async () => {
  const { page } = grantdesk
  const file = join(folder, 'login.har')
  writeFileSync(file, JSON.stringify(login))
  await openFlows()
  await page.getByLabel('Files to import').setInputFiles(file)
  const panel = page.getByRole('region', { name: 'Import' })
  await panel.getByText('1 flow').waitFor()
  await expectAccessible(grantdesk, 'an import')
  await grantdesk.screenshot('flow-import')
  const heads = () => page.getByRole('table', { name: 'Flows' }).getByRole('columnheader').allTextContents()
  await page.setViewportSize({ width: 420, height: 860 })
  await expect.poll(heads).toEqual(['Flow', 'Outcome', 'When'])
  await page.setViewportSize({ width: 1280, height: 800 })
  await expect.poll(heads).toContain('Events')
  await panel.getByRole('button', { name: 'Connect login.example' }).click()
  const flow = page.getByRole('article', { name: 'Flow: Connect login.example' })
  await flow.getByText('imported from WebInspector 537.36').waitFor()
  expect(await flow.textContent()).not.toContain(code)
  await grantdesk.screenshot('flow-imported')
})

it('says what of a file could not be read, and takes a dropped one', async () => {
  const { page } = grantdesk
  const text = JSON.stringify(login)
  const data = await page.evaluateHandle(
    (cut) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([cut], 'cut.har'))
      transfer.items.add(new File(['hello'], 'notes.txt'))
      return transfer
    },
    text.slice(0, -40),
  )
  const place = page.getByRole('table', { name: 'Flows' })
  await place.dispatchEvent('drop', { dataTransfer: data })
  const panel = page.getByRole('region', { name: 'Import' })
  await panel.getByText('The file is cut off').waitFor()
  await panel.getByText('notes.txt was not imported.').waitFor()
  await expectAccessible(grantdesk, 'a failed import')
  await panel.getByRole('button', { name: 'Dismiss' }).last().click()
  await panel.waitFor({ state: 'hidden' })
})

it('says how far it is with a long file, and stops when it is told to', async () => {
  const { page } = grantdesk
  const held = Promise.withResolvers<void>()
  const cancelled = page.waitForRequest((request) => request.postData()?.includes('flows.cancelImport') ?? false)
  let pieces = 0
  await page.route('**/door', async (route) => {
    const isPiece = route.request().postData()?.includes('flows.importPiece') ?? false
    // The second piece waits until the person has stopped the import.
    if (isPiece && ++pieces === 2) await held.promise
    await route.fallback()
  })
  const buffer = Buffer.from(JSON.stringify(login).padEnd(3_000_000))
  await page.getByLabel('Files to import').setInputFiles({ name: 'long.har', mimeType: 'application/json', buffer })
  const panel = page.getByRole('region', { name: 'Import' })
  await panel.getByText(/^Reading long\.har … .* of 3\.0 MB, 3 requests, 3 of OAuth$/).waitFor()
  await expectAccessible(grantdesk, 'an import under way')
  await panel.getByRole('button', { name: 'Cancel' }).click()
  await panel.waitFor({ state: 'hidden' })
  held.resolve()
  await cancelled
  await page.unroute('**/door')
  expect(pieces).toBe(2)
})

it('copies a flow as an issue', async () => {
  const { page } = grantdesk
  await share()
  await page.getByRole('menuitem', { name: 'Copy as an issue' }).click()
  await expect.poll(() => clipboardOf(grantdesk)).toContain('x-request-id: req-77')
  const text = await clipboardOf(grantdesk)
  expect(text).toContain('error: invalid_grant')
  expect(text).not.toContain(code)
})

it('exports a flow as a page that opens without a network, with its diagram and its steps', async () => {
  const { page, context } = grantdesk
  await connect(grantdesk, 'plane', 'ada')
  await openFlows()
  await page.getByRole('table', { name: 'Flows' }).getByText('Connect Plane').first().click()
  await share()
  await grantdesk.screenshot('flow-share')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'As a page (HTML)' }).click(),
  ])
  const file = join(folder, 'flow.html')
  await download.saveAs(file)
  expect(readFileSync(file, 'utf8')).not.toContain('<script')
  const opened = await context.newPage()
  const asked: string[] = []
  opened.on('request', (request) => asked.push(request.url()))
  await opened.goto(pathToFileURL(file).href)
  await opened.getByRole('heading', { name: 'Connect Plane' }).waitFor()
  await opened.locator('svg').first().waitFor()
  await opened.getByText('Exchange the code for tokens').last().click()
  await opened.getByText('grant_type=authorization_code').first().waitFor()
  expect(asked).toEqual([pathToFileURL(file).href])
  const shots = process.env.GRANTDESK_SCREENSHOTS
  if (shots) await opened.screenshot({ path: join(shots, 'flow-page.png'), fullPage: true })
  const { violations } = await new AxeBuilder({ page: opened }).setLegacyMode().analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)).toEqual([])
  await opened.close()
})

it('keeps the last failure on the connection until the same works again', async () => {
  const { page, ask } = grantdesk
  const { connections } = await ask('app.snapshot', {})
  const connectionId = connections[0]?.id ?? ''
  const send = (path: string) => ask('requests.send', { key: 'k', connectionId, method: 'GET', path })
  await page.locator(`[data-row="${connectionId}"]`).click()
  await send('/api/v2/nothing-here/')
  const line = page.getByText('Last failure: GET /api/v2/nothing-here/')
  await line.waitFor()
  await expectAccessible(grantdesk, 'a connection with a failure')
  await grantdesk.screenshot('last-failure')
  await page.getByRole('button', { name: /^Show flow: GET/ }).click()
  await page.getByRole('article', { name: /^Flow: GET/ }).waitFor()
  await page.getByRole('button', { name: 'Close flow' }).click()
  await send('/api/v2/users/me/')
  await line.waitFor({ state: 'hidden' })
})
