// An answer in the fragment of the redirect URI, in a real Chromium: the listener's page hands it over under its own policy.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRedirectListener } from '../../core/oauth/redirect-listener.ts'
import { Secret } from '../../core/secret.ts'
import { findChromium, quietChromium } from '../support/chromium.ts'

const state = 'st4te-of-this-attempt'

describe.skipIf(findChromium() === null)('an answer that comes', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: quietChromium })
  })
  afterAll(() => browser?.close())

  async function listening() {
    const reasons: string[] = []
    const listener = await openRedirectListener({
      place: { hostname: 'localhost', port: null, path: '/oauth/callback' },
      state: new Secret(state),
      closesAfterMs: 60_000,
      lingersForMs: 500,
      onEvent: (event) => reasons.push(event.kind === 'stray_request' ? event.reason : 'answer'),
    })
    return { listener, reasons, uri: `http://localhost:${listener.port}/oauth/callback` }
  }

  it('in the fragment is handed over, and is in the browser’s history no more', async () => {
    const { listener, reasons, uri } = await listening()
    const page = await browser.newPage()
    await page.goto(`${uri}#code=c0de%2B1&state=${state}`)
    await page.getByText('Grantdesk has the answer').waitFor()
    expect((await listener.answer).get('code')).toBe('c0de+1')
    expect(reasons).toEqual(['empty', 'answer'])
    expect(page.url()).toBe(uri)
    await page.goBack({ waitUntil: 'commit' }).catch(() => null)
    expect(page.url()).not.toContain('c0de')
    await listener.close()
    await page.close()
  })

  it('in the fragment with another state changes nothing, and neither does no fragment', async () => {
    const { listener, reasons, uri } = await listening()
    const page = await browser.newPage()
    await page.goto(`${uri}#code=c0de&state=another`)
    await expect.poll(() => reasons).toEqual(['empty', 'state'])
    await page.goto(uri)
    await page.getByText('This is not the answer that Grantdesk waits for').waitFor()
    await expect.poll(() => reasons.at(-1)).toBe('empty')
    await listener.close()
    await page.close()
  })

  it('as a form that another site has the browser post is taken', async () => {
    const { listener, uri } = await listening()
    const form = `<form method="post" action="${uri}"><input name="code" value="c0de"><input name="state" value="${state}"></form><script>document.forms[0].submit()</script>`
    const site = createServer((_request, response) => response.end(`<!doctype html>${form}`))
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
    await page.getByText('Grantdesk has the answer').waitFor()
    expect((await listener.answer).get('code')).toBe('c0de')
    await listener.close()
    await page.close()
    site.closeAllConnections()
    await new Promise((resolve) => site.close(resolve))
  })
})
