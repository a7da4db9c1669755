// Practice services send deliveries at the press of a button, right ones and wrong ones, and the application tells each for what
// it is, with the secret that the page shows.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { openPage } from './practice-browser.ts'

let grantdesk: TestApp
let page = ''
let url = ''

beforeEach(async () => {
  grantdesk = await openTestApp()
})
afterEach(() => grantdesk.close())

/** The page of a service, with its secret stored and its listener started. */
async function open(serviceId: string): Promise<void> {
  const practice = await grantdesk.call('practice.start', {})
  const services = practice.state === 'running' ? practice.services : []
  page = services.find((one) => one.serviceId === serviceId)?.webhooksUrl ?? ''
  const [, secret = ''] = /id="webhook_secret">([^<]+)</.exec((await openPage(page)).page) ?? []
  await grantdesk.call('webhooks.addSecret', { serviceId, secret })
  const { listener } = await grantdesk.call('webhooks.start', { serviceId })
  url = listener?.url ?? ''
}

/** Presses the button; answers what the page says then. */
async function press(fields: Record<string, string>): Promise<string> {
  const body = new URLSearchParams({ url, event: '0', way: 'signed', ...fields })
  const answer = await fetch(page, { method: 'POST', body, headers: { origin: new URL(page).origin } })
  return /role="status">([^<]+)</.exec(await answer.text())?.[1] ?? ''
}

const newest = async (serviceId: string) => (await grantdesk.call('webhooks.list', { serviceId })).deliveries[0]

it('Plane’s is signed, names what was done and by whom, and belongs to the connection of its workspace', async () => {
  const connection = await grantdesk.connected('plane')
  await open('plane')
  const workspace = connection.workspace?.id ?? ''
  expect(await press({ event: '1', workspace })).toBe('The receiver answered 200.')
  expect(await newest('plane')).toMatchObject({
    ...{ verdict: 'fits', event: 'issue', action: 'updated', actor: 'alice', workspaceId: workspace },
    connection: { id: connection.id },
  })
})

it.each([
  ['other-secret', { verdict: 'wrong' }],
  ['changed', { verdict: 'wrong' }],
  ['unsigned', { verdict: 'missing' }],
  ['unreadable', { verdict: 'malformed' }],
  ['again', { verdict: 'fits', repeats: { by: 'delivery_id' } }],
  ['replayed', { verdict: 'fits', repeats: { by: 'body' } }],
])('Plane’s that is sent %s is told as that', async (way, told) => {
  await open('plane')
  await press({})
  expect(await press({ way })).toBe('The receiver answered 200.')
  expect(await newest('plane')).toMatchObject(told)
})

it('one that is too large is refused, and told as that', async () => {
  await open('plane')
  expect(await press({ way: 'large' })).toBe('The receiver answered 413.')
  const { webhooks } = await grantdesk.call('app.snapshot', {})
  expect(webhooks[0]?.listener?.refused).toMatchObject([{ reason: 'body_too_large' }])
  expect(await newest('plane')).toBeUndefined()
})

it.each(['plannr', 'planio'])('%s’s is signed, too', async (serviceId) => {
  await open(serviceId)
  expect(await press({})).toBe('The receiver answered 200.')
  expect(await newest(serviceId)).toMatchObject({ verdict: 'fits' })
})

it('goes to this machine only, and is sent by no page of another origin', async () => {
  await open('plane')
  expect(await press({ url: 'https://example.com/' })).toBe('Practice services send to this machine alone.')
  expect(await press({ url: 'http://127.0.0.1:1/' })).toBe('Nobody answered at that address.')
  expect(await press({ way: 'constructor' })).toBe('Choose an event and how it is sent.')
  const body = new URLSearchParams({ url, event: '0', way: 'signed' })
  const elsewhere = await fetch(page, { method: 'POST', body, headers: { origin: 'https://elsewhere.example' } })
  expect(elsewhere.status).toBe(403)
  expect(await newest('plane')).toBeUndefined()
})
