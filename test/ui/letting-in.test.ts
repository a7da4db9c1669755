// Who is let in: the tab that opened the printed address, and nobody who only has its browser's cookie. In a real Chromium.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

describe.skipIf(findChromium() === null)('a tab', () => {
  let grantdesk: ServedApp
  let origin = ''

  beforeAll(async () => {
    grantdesk = await openServedApp()
    origin = new URL(grantdesk.address).origin
  })
  afterAll(() => grantdesk?.close())

  it('that opened the printed address shows the vault, and nothing of its proof in the address', async () => {
    await grantdesk.page.getByRole('heading', { name: 'Choose a passphrase for your vault' }).waitFor()
    expect(grantdesk.page.url()).toBe(`${origin}/`)
  })

  it('is still let in when it is loaded again', async () => {
    await grantdesk.page.reload()
    await grantdesk.page.getByRole('heading', { name: 'Choose a passphrase for your vault' }).waitFor()
  })

  it('that only has the cookie is told which address to open, and is let in by it', async () => {
    const other = await grantdesk.context.newPage()
    await other.goto(origin)
    await other.getByText('Open the address that grantdesk serve printed').waitFor()
    await grantdesk.screenshot('threshold')
    await other.goto(grantdesk.address)
    await other.getByRole('heading', { name: 'Choose a passphrase for your vault' }).waitFor()
    await other.close()
  })

  it('gives another server on this machine a cookie that opens nothing', async () => {
    const { promise, resolve } = Promise.withResolvers<string>()
    const thief = createServer((request, response) => {
      resolve(request.headers.cookie ?? '')
      response.end('hello')
    })
    await new Promise<void>((listening) => thief.listen(0, '127.0.0.1', listening))
    const other = await grantdesk.context.newPage()
    await other.goto(`http://127.0.0.1:${(thief.address() as AddressInfo).port}/`)
    const cookie = await promise
    expect(cookie).toContain('grantdesk-')
    const body = JSON.stringify({ procedure: 'app.snapshot', input: {} })
    const headers = { cookie, origin, 'content-type': 'application/json' }
    expect((await fetch(`${origin}/door`, { method: 'POST', headers, body })).status).toBe(401)
    expect((await fetch(`${origin}/changes`, { headers: { cookie } })).status).toBe(401)
    await other.close()
    thief.closeAllConnections()
    thief.close()
  })
})
