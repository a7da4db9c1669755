// Canary, on the desktop: a real Electron with all its logging on, seeded secrets revealed, copied and typed, the vault locked,
// then the main process and the page broken on purpose. The page's heap, the clipboard, the whole home folder with Electron's own
// files, the terminal, and every program's arguments and environment are searched.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Attempt } from '../../contract/attempt.ts'
import { sentByWeakClient, sentToItsOwn } from '../support/canary/allow-list.ts'
import { type AllowedPlace, Capture } from '../support/canary/capture.ts'
import { heapOf } from '../support/canary/heap.ts'
import { SeededSecrets } from '../support/canary/seeded-secrets.ts'
import { type CanaryService, grantIds, startCanaryService } from '../support/canary/service.ts'
import { keepRunningUntilSeen, watchFolder, watchProcesses } from '../support/canary/watching.ts'
import { until } from '../support/child.ts'
import { nextAddress } from '../support/system-browser.ts'
import { describeDesktop } from './desktop-suite.ts'
import { callDoor, snapshotOf } from './door.ts'
import { type Grantdesk, launchGrantdesk } from './launch.ts'
import { type Machine, startMachine } from './machine.ts'

const allowList: AllowedPlace[] = [
  ...sentToItsOwn('one'),
  ...sentByWeakClient('one'),
  { place: /^one POST \/token form password$/, kind: /^one password$/, why: 'the password is exchanged' },
  { place: /^the page while revealed$/, kind: /(?:access|refresh) token$/, why: 'reveal' },
  { place: /^the clipboard$/, kind: /access token$/, why: 'copy' },
  { place: /^the heap before the lock$/, kind: /access token$/, why: 'reveal, in the heap' },
  { place: /^the heap before the lock$/, kind: /refresh token$/, why: 'reveal of the other, in the heap' },
  { place: /^the heap before the lock$/, kind: /^typed header$/, why: 'a request that was typed, in the heap' },
  {
    place: /^the page (?:with a response|while revealed)$/,
    kind: /^typed header$/,
    why: 'a field holds what is typed into it',
  },
  { place: /^one GET \/echo header x-api-key$/, kind: /^typed header$/, why: 'what the person types is sent' },
  { place: /^arguments of /, kind: /state$/, why: 'the authorization URL is the argument of the system’s browser' },
  { place: /^the home: opened$/, kind: /state$/, why: 'the system’s browser of this test writes it down' },
]

describeDesktop('the application on the desktop', (executable) => {
  const secrets = new SeededSecrets()
  const capture = new Capture()
  const typedHeader = secrets.seed('typed header', '+/=~')
  let machine: Machine
  let one: CanaryService
  let grantdesk: Grantdesk
  let page: Page
  let browserSeen: () => Promise<void>
  const ends: (() => void)[] = []

  const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).first().click()
  const copied = () => grantdesk.electron.evaluate(({ clipboard }) => clipboard.readText())
  const look = async (what: string) => capture.add(`the page ${what}`, await page.content())

  async function connect(): Promise<void> {
    await callDoor(page, 'services.import', { text: one.description })
    const client = { clientId: 'us', clientSecret: one.clientSecret, clientAuthentication: 'body' }
    const place = { serviceId: one.id, baseUrl: one.baseUrl, redirect: { mode: 'ephemeral' } }
    const attempt = (await callDoor(page, 'connect.start', {
      client: { ...client, ...place },
      grantId: grantIds.code,
      scopes: ['read'],
    })) as Attempt
    const address = await nextAddress(machine.opened, 0)
    await browserSeen()
    capture.add('the page after the redirect', await (await fetch(address)).text())
    await until(async () => (await snapshotOf(page)).connections.length === 1, 'it is connected')
    await callDoor(page, 'connect.dismiss', { id: attempt.id }).catch(() => undefined)
    await press(/^Ada of one/)
    await page.getByRole('tab', { name: 'Token' }).waitFor()
  }

  /** A client whose secret is no more than two words: hidden where secrets stand, and known to be weak. */
  async function connectWeakClient(): Promise<void> {
    for (const clientAuthentication of ['body', 'basic']) {
      const client = { clientId: `weak ${clientAuthentication}`, clientSecret: one.weakSecret, clientAuthentication }
      const place = { serviceId: one.id, baseUrl: one.baseUrl, redirect: { mode: 'ephemeral' } }
      await callDoor(page, 'connect.start', {
        client: { ...client, ...place },
        ...{ grantId: grantIds.password, scopes: ['read'], username: 'ada', password: one.password },
        name: `Weak ${clientAuthentication}`,
      })
      const name = `Weak ${clientAuthentication}`
      await until(
        async () => (await snapshotOf(page)).connections.some((held) => held.name === name),
        'it is connected',
      )
      await press('Flows')
      await page
        .getByRole('main')
        .getByRole('button', { name: /^Connect / })
        .first()
        .click()
      await page
        .getByText(/hidden in part/)
        .first()
        .waitFor()
      await look('at a flow of a weak client')
    }
    const { clients, connections } = await snapshotOf(page)
    expect(clients.map(({ weakSecret }) => weakSecret).toSorted()).toEqual([false, true, true])
    for (const { id, name } of connections)
      if (name.startsWith('Weak')) await callDoor(page, 'connections.remove', { id })
    await press(/^Ada of one/)
    await page.getByRole('tab', { name: 'Token' }).waitFor()
  }

  async function goThrough(): Promise<void> {
    await page.getByRole('tab', { name: 'Requests' }).click()
    await page.getByLabel('Path').fill('/echo')
    await press('Add header')
    await page.getByLabel('Header 1', { exact: true }).fill('X-Api-Key')
    await page.getByLabel('Header 1 value').fill(typedHeader)
    await press('Send')
    await page.getByText(/^200/).first().waitFor()
    await look('with a response')
    one.tokens = 'refused'
    await press('Refresh')
    await page
      .getByText(/invalid_grant/)
      .first()
      .waitFor()
    one.tokens = 'given'
    await press('Refresh')
    await page
      .getByText(/new access token/i)
      .first()
      .waitFor()
    for (const name of ['Inventory', 'Services', 'Flows', 'Settings']) {
      await press(name)
      await page.getByRole('heading', { name }).first().waitFor()
      await look(`at ${name}`)
    }
  }

  async function revealAndLock(): Promise<void> {
    await press(/^Ada of one/)
    await page.getByRole('tab', { name: 'Token' }).click()
    await press('Copy token')
    await until(async () => (await copied()) !== '', 'the token is copied')
    capture.add('the clipboard', await copied())
    await press('Reveal')
    await press('Reveal refresh token')
    await page.getByLabel('The refresh token', { exact: true }).waitFor()
    await look('while revealed')
    capture.add('the heap before the lock', await heapOf(page))
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('Lock vault')
    await page.getByRole('option', { name: 'Lock vault' }).click()
    await page.getByRole('heading', { name: 'The vault is locked' }).waitFor()
    await until(async () => (await copied()) === '', 'the clipboard forgets at the lock')
    await look('after the lock')
    capture.add('the heap after the lock', await heapOf(page))
  }

  /** What nobody catches in the main process, and a page that dies; both with a secret at hand. */
  async function breakDown(): Promise<void> {
    await callDoor(page, 'vault.retry')
    const secret = secrets.ofKind(/access token/).at(-1) ?? ''
    const failures = () => grantdesk.output().match(/internal failure/g)?.length ?? 0
    await grantdesk.electron.evaluate((_, quoted) => {
      setTimeout(() => {
        throw new Error(`Cannot read ${quoted}`)
      })
      void Promise.reject(new TypeError(quoted))
    }, secret)
    await until(() => failures() >= 2, 'both are in the log')
    await grantdesk.electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
    })
    await until(() => /page|render/i.test(grantdesk.output()), 'that the page died is in the log')
  }

  beforeAll(async () => {
    ends.push(watchProcesses(capture))
    one = await startCanaryService('one', secrets, capture)
    machine = await startMachine('open')
    browserSeen = keepRunningUntilSeen(machine.env.BROWSER ?? '', capture)
    const home = machine.env.HOME ?? ''
    ends.push(watchFolder(home, 'the home', capture))
    grantdesk = await launchGrantdesk(executable, machine, {
      args: ['--enable-logging', '--v=1'],
      env: { NODE_DEBUG: 'http,net,tls,fetch,undici', ELECTRON_ENABLE_LOGGING: '1' },
    })
    page = grantdesk.page
    await page.getByRole('button', { name: /^Vault open/ }).waitFor()
    await connect()
    await connectWeakClient()
    await goThrough()
    await revealAndLock()
    await breakDown()
    await grantdesk.quit()
    capture.add('the terminal', grantdesk.output())
    for (const end of ends.splice(0)) end()
  })

  afterAll(async () => {
    for (const end of ends) end()
    await grantdesk?.quit().catch(() => undefined)
    await machine?.close()
    await one?.close()
  })

  it('has let no secret out but by reveal and copy, and holds none after the lock', () => {
    const { leaks, unused } = capture.check(secrets, allowList)
    expect(leaks).toEqual([])
    expect(unused).toEqual([])
    const places = [...capture.places()]
    for (const taken of [
      /^the home: grantdesk\.log$/,
      /^the home: vault\.json$/,
      /^the home: Preferences$/,
      /^environment of electron/,
    ]) {
      expect(
        places.some((place) => taken.test(place)),
        String(taken),
      ).toBe(true)
    }
  })
})
