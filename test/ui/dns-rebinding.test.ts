// DNS rebinding in a real Chromium: a page of evil.example whose name now leads to this machine, on our own port. To the
// browser everything there is its own origin, so nothing but the door's and the listener's look at Host stands in its way.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HttpDoor, openHttpDoor } from '../../core/door/http-door.ts'
import { rendererPage } from '../../core/door/page.ts'
import { openRedirectListener } from '../../core/oauth/redirect-listener.ts'
import { Secret } from '../../core/secret.ts'
import { findChromium, quietChromium } from '../support/chromium.ts'
import { type SampleApp, sampleApp } from '../unit/core/door/sample-app.ts'

describe.skipIf(findChromium() === null)('a page of evil.example whose name leads here', () => {
  let folder = ''
  let app: SampleApp
  let door: HttpDoor
  let browser: Browser

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'grantdesk-rebinding-'))
    writeFileSync(join(folder, 'tab.html'), '<title>the page of ours</title>')
    writeFileSync(join(folder, 'tab.js'), 'window.oursRan = true')
    app = sampleApp()
    door = await openHttpDoor({ app, page: rendererPage(folder, 'tab.html'), port: 0 })
    browser = await chromium.launch({
      executablePath: findChromium() ?? undefined,
      args: [
        ...quietChromium,
        '--host-resolver-rules=MAP evil.example 127.0.0.1',
        // Newer Chromium refuses such requests by itself; other browsers do not, and we must not need it.
        '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests',
      ],
    })
  })
  afterAll(async () => {
    await browser?.close()
    await door?.close()
    rmSync(folder, { recursive: true })
  })

  /** Its first page came from its own server; from then on its name leads to us, at `port`. */
  async function rebound(port: number): Promise<Page> {
    const context = await browser.newContext()
    const page = await context.newPage()
    const address = `http://evil.example:${port}/attack`
    const html = { contentType: 'text/html', body: '<!doctype html><title>attack</title>' }
    await page.route(address, (route) => route.fulfill(html))
    await page.goto(address)
    // The person uses Grantdesk in this browser: its cookie is there, for 127.0.0.1.
    const grantdesk = await context.newPage()
    await grantdesk.goto(door.url)
    await grantdesk.waitForURL(/\/$|#/)
    expect(await grantdesk.title()).toBe('the page of ours')
    await grantdesk.close()
    return page
  }

  it('gets nothing of the served app: no page, no script, no answer, no change, no cookie', async () => {
    const page = await rebound(Number(new URL(door.origin).port))
    const token = new URL(door.url).search
    const got = await page.evaluate(async (search) => {
      const status = async (path: string, init?: RequestInit) => {
        const response = await fetch(path, { credentials: 'include', ...init })
        return `${response.status} ${(await response.text()).trim()}`
      }
      const call = JSON.stringify({ procedure: 'app.snapshot', input: {} })
      const json = { 'content-type': 'application/json', 'grantdesk-proof': 'x' }
      const script = Object.assign(document.createElement('script'), { src: '/tab.js' })
      const frame = Object.assign(document.createElement('iframe'), { src: '/' })
      document.body.append(script, frame)
      await new Promise((resolve) => frame.addEventListener('load', resolve))
      const heard = await new Promise((resolve) => {
        const changes = new EventSource('/changes')
        changes.onmessage = () => resolve('a change')
        changes.onerror = () => resolve('nothing')
      })
      return {
        answers: [
          await status('/'),
          await status(`/${search}`),
          await status('/tab.js'),
          await status('/changes'),
          await status('/door', { method: 'POST', headers: json, body: call }),
          await status('/door', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: call }),
        ],
        heard,
        framed: frame.contentDocument?.title ?? 'closed',
        ran: 'oursRan' in window,
        cookies: document.cookie,
      }
    }, token)
    const refused = '421 This is not the host asked for.'
    expect(got.answers).toEqual(Array(6).fill(refused))
    expect(got).toMatchObject({ heard: 'nothing', ran: false, cookies: '' })
    expect(got.framed).not.toContain('the page of ours')
    expect(await page.context().cookies(`http://evil.example:${new URL(door.origin).port}`)).toEqual([])
    expect(app.calls).toEqual([])
    expect(app.listeners.size).toBe(0)
    await page.context().close()
  })

  it('cannot answer an attempt that waits for the browser, not even with its state', async () => {
    const state = 'the-state-of-this-attempt'
    const strays: string[] = []
    const listener = await openRedirectListener({
      place: { hostname: '127.0.0.1', port: null, path: '/callback' },
      state: new Secret(state),
      closesAfterMs: 60_000,
      onEvent: (event) => strays.push(event.kind === 'stray_request' ? event.reason : 'answer'),
    })
    const page = await rebound(listener.port)
    const path = `/callback?code=stolen&state=${state}`
    expect(await page.evaluate(async (target) => (await fetch(target)).status, path)).toBe(421)
    expect(await page.goto(`http://evil.example:${listener.port}${path}`).then((one) => one?.status())).toBe(421)
    expect(new Set(strays)).toEqual(new Set(['host']))
    await fetch(`http://127.0.0.1:${listener.port}/callback?code=right&state=${state}`)
    expect((await listener.answer).get('code')).toBe('right')
    await listener.close()
    await page.context().close()
  })
})
