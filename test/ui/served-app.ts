// Grantdesk served for a browser, as `grantdesk serve` serves it, with a real Chromium in front of it and a second page
// that stands in for the browser in which somebody signs in. A home, a runtime folder and a session of its own: no keychain is reached.
import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '../../contract/procedures.ts'
import { visit } from '../integration/practice-browser.ts'
import { endProgram } from '../support/child.ts'
import { findChromium, quietChromium, sharedChromium } from '../support/chromium.ts'
import { longestWait } from '../support/longest-wait.ts'
import { fakeBrowser, nextAddress, openedAddresses } from '../support/system-browser.ts'

const commandLine = resolve(import.meta.dirname, '../../dist/headless/grantdesk.js')
/** The one that is quick at passphrases: see test/support/build-quick.ts. It serves the same page. */
const quickCommandLine = resolve(import.meta.dirname, '../built/headless/grantdesk.js')
export const passphrase = 'correct horse battery staple'

export interface ServedApp {
  page: Page
  context: BrowserContext
  address: string
  home: string
  /** Where the addresses are written that the system's browser, or a tab of this one, is sent to. */
  opened: string
  /** All that the host wrote to its terminal. */
  output(): string
  /** Every answer and every change that the host sent, but for the explicit operations that hand out a secret. */
  traffic: string[]
  /** Asks the host as the tab does. */
  ask<Name extends ProcedureName>(procedure: Name, input: ProcedureInput<Name>): Promise<ProcedureOutput<Name>>
  /** Answers the consent page that was opened last; answers the page that this led to. */
  consent(decision: 'Allow' | 'Deny', account?: string): Promise<string>
  /** The same by the buttons of the page, in a browser of another person. */
  consentByHand(decision: 'Allow' | 'Deny', account?: string): Promise<string>
  /** Where `GRANTDESK_SCREENSHOTS` names a folder: as it is, dark, and dark in a narrow window. */
  screenshot(name: string): Promise<void>
  close(): Promise<void>
}

interface Choices {
  colorScheme?: 'light' | 'dark'
  width?: number
  height?: number
  /** A folder in which Chromium keeps what it remembers; nowhere where it is absent. */
  profile?: string
  /** With as many rounds of key derivation as the product has. */
  realRounds?: boolean
  /** More of the host's environment. */
  env?: Record<string, string>
  /** Tabs that the page opens stay, and go where they are sent. */
  keepsTabs?: boolean
  /** Called before the first page is asked for. */
  begin?(context: BrowserContext): void
}

/** The address that the host prints; the stream stays open, as a terminal does. */
function started(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let text = ''
  child.stdout?.on('data', (chunk) => {
    text += String(chunk)
    const found = text.match(/http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/)
    if (found) resolve(found[0])
  })
  child.once('exit', () => reject(new Error(`grantdesk serve ended: ${text}`)))
  return promise
}

function startHost(home: string, address: { opened: string; folder: string }, { realRounds, env: more }: Choices) {
  const runtime = join(home, 'run')
  mkdirSync(runtime, { recursive: true, mode: 0o700 })
  const { DBUS_SESSION_BUS_ADDRESS: _bus, WAYLAND_DISPLAY: _wayland, ...rest } = process.env
  const env = {
    ...rest,
    HOME: home,
    GRANTDESK_HOME: join(home, 'vault'),
    XDG_RUNTIME_DIR: runtime,
    DISPLAY: ':77',
    PATH: `${address.folder}:${rest.PATH}`,
    ...more,
  }
  return spawn(process.execPath, [realRounds ? commandLine : quickCommandLine, 'serve'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** The operations by which a secret may cross the door. */
function isDisclosure(body: string | null): boolean {
  return /"procedure":"connections\.(reveal|copy|token)"/.test(body ?? '')
}

/** A second listener beside the tab's own: what it hears is what every tab hears. */
async function listenToChanges(page: Page, origin: string, heard: string[]): Promise<AbortController> {
  const end = new AbortController()
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const proof = await page.evaluate(() => sessionStorage.getItem('grantdesk-proof') ?? '')
  const headers = { cookie, 'grantdesk-proof': proof }
  const response = await fetch(`${origin}/changes`, { headers, signal: end.signal })
  if (!response.ok) throw new Error(`no changes: ${response.status}`)
  const read = async () => {
    for await (const chunk of response.body ?? []) heard.push(Buffer.from(chunk).toString('utf8'))
  }
  read().catch(() => undefined)
  return end
}

/** Where the page opens a tab that goes elsewhere, its address is written into the file, and the tab is closed. */
async function divertTabs(page: Page, origin: string, file: string): Promise<void> {
  const isElsewhere = (url: URL) => url.protocol.startsWith('http') && url.origin !== origin
  await page.context().route(isElsewhere, async (route) => {
    const request = route.request()
    const tab = request.isNavigationRequest() ? request.frame().page() : page
    if (tab === page || (await tab.opener()) !== page) return route.fallback()
    const arrived = tab.waitForURL(request.url(), { waitUntil: 'commit' })
    await route.fulfill({ contentType: 'text/html', body: '' })
    await arrived
    appendFileSync(file, `${request.url()}\n`)
    await tab.close()
  })
}

/** What a person reads on a page. */
function wordsOf(page: string): string {
  return page
    .replace(/<(style|script|title)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

/** Starts the host and opens the tab; `close` ends both. */
export async function openServedApp(choices: Choices = {}): Promise<ServedApp> {
  const home = mkdtempSync(join(tmpdir(), 'grantdesk-ui-'))
  mkdirSync(join(home, 'bin'))
  const system = fakeBrowser(join(home, 'bin'))
  const child = startHost(home, system, choices)
  let output = ''
  child.stderr?.on('data', (chunk) => {
    output += String(chunk)
  })
  const address = await started(child)
  child.stdout?.on('data', (chunk) => {
    output += String(chunk)
  })
  const { colorScheme = 'light', width = 1280, height = 800, profile } = choices
  const launch = { executablePath: findChromium() ?? undefined, args: quietChromium }
  const look = { colorScheme, viewport: { width, height }, reducedMotion: 'reduce' } as const
  const browser: Browser | null = profile === undefined ? await sharedChromium() : null
  const context = await (browser?.newContext(look) ??
    chromium.launchPersistentContext(profile ?? '', { ...launch, ...look }))
  choices.begin?.(context)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  context.setDefaultTimeout(longestWait)
  const page = await context.newPage()
  const traffic: string[] = []
  page.on('response', (response) => {
    if (new URL(response.url()).pathname !== '/door' || isDisclosure(response.request().postData())) return
    response.text().then(
      (text) => traffic.push(text),
      () => undefined,
    )
  })
  if (!choices.keepsTabs) await divertTabs(page, new URL(address).origin, system.opened)
  await page.goto(address)
  // What another file of tests copied is not to be taken for ours.
  await page.evaluate(() => navigator.clipboard.writeText(''))
  const changes = await listenToChanges(page, new URL(address).origin, traffic)

  let answered = 0
  async function nextConsent(): Promise<string> {
    const url = await nextAddress(system.opened, answered)
    answered = openedAddresses(system.opened).length
    return url
  }
  return {
    page,
    context,
    address,
    home,
    opened: system.opened,
    output: () => output,
    traffic,
    ask: (procedure, input) =>
      page.evaluate(
        async (call) => {
          const headers = { 'content-type': 'application/json', 'grantdesk-proof': sessionStorage['grantdesk-proof'] }
          const answer = await (await fetch('/door', { method: 'POST', headers, body: JSON.stringify(call) })).json()
          if (!answer.ok) throw new Error(JSON.stringify(answer.failure))
          return answer.value
        },
        { procedure, input },
      ),
    async consent(decision, account) {
      const { redirect, page: shown } = await visit(await nextConsent(), {
        decision: decision === 'Allow' ? 'allow' : 'deny',
        account,
      })
      return wordsOf(redirect ? await (await fetch(redirect)).text() : shown)
    },
    async consentByHand(decision, account) {
      const url = await nextConsent()
      if (!browser) throw new Error('This Chromium has one person alone.')
      const person = await browser.newContext()
      try {
        const tab = await person.newPage()
        await tab.goto(url)
        if (account) await tab.getByLabel('Account').selectOption(account)
        await tab.getByRole('button', { name: decision, exact: true }).click()
        await tab.waitForLoadState()
        return (await tab.locator('body').textContent()) ?? ''
      } finally {
        await person.close()
      }
    },
    async screenshot(name) {
      const folder = process.env.GRANTDESK_SCREENSHOTS
      if (!folder) return
      await page.screenshot({ path: join(folder, `${name}.png`) })
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.screenshot({ path: join(folder, `${name}.dark.png`) })
      await page.setViewportSize({ width: 420, height: 860 })
      await page.screenshot({ path: join(folder, `${name}.narrow.png`) })
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height })
    },
    async close() {
      changes.abort()
      await context.close()
      await endProgram(child)
      rmSync(home, { recursive: true, force: true })
    },
  }
}
