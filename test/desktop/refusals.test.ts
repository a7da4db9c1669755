// What the window's page cannot do, tried from inside a real one: going elsewhere, reaching out, asking for more, and
// speaking for somebody else.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openedAddresses } from '../support/system-browser.ts'
import { describeDesktop } from './desktop-suite.ts'
import { callDoor, snapshotOf } from './door.ts'
import { type Grantdesk, launchGrantdesk } from './launch.ts'
import { type Machine, startMachine } from './machine.ts'

describeDesktop('the window’s page', (executable) => {
  let machine: Machine
  let grantdesk: Grantdesk
  let server: Server
  let elsewhere = ''
  let visits = 0

  beforeAll(async () => {
    server = createServer((_request, response) => {
      visits += 1
      response.setHeader('access-control-allow-origin', '*')
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><title>Elsewhere</title>')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    machine = await startMachine('open')
    grantdesk = await launchGrantdesk(executable, machine)
    await grantdesk.page.getByRole('button', { name: /^Vault open/ }).waitFor()
  })
  afterAll(async () => {
    await grantdesk?.quit()
    await machine?.close()
    server?.close()
  })

  /** Lets whatever a refused operation might still set off happen. */
  const settle = () => new Promise((resolve) => setTimeout(resolve, 500))
  const windowCount = () => grantdesk.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

  it('has two functions of ours, and neither Node nor Electron', async () => {
    const found = await grantdesk.page.evaluate(() => ({
      ours: Object.keys((window as unknown as { grantdesk: object }).grantdesk),
      strangers: ['require', 'process', 'Buffer', 'module', 'electron', 'ipcRenderer', 'global'].filter(
        (name) => name in window,
      ),
    }))
    expect(found).toEqual({ ours: ['call', 'listen'], strangers: [] })
  })

  it('runs sandboxed, isolated and without Node', async () => {
    const preferences = await grantdesk.electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>
      }
      return contents.getLastWebPreferences()
    })
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    })
  })

  it('runs no script but its own files, and no text as script', async () => {
    const ran = await grantdesk.page.evaluate(async () => {
      const inline = document.createElement('script')
      inline.textContent = 'window.inlineRan = true'
      const image = document.createElement('div')
      image.innerHTML = '<img src="data:," onerror="window.handlerRan = true">'
      document.body.append(inline, image)
      setTimeout('window.stringRan = true', 0)
      await new Promise((resolve) => setTimeout(resolve, 300))
      return ['inlineRan', 'handlerRan', 'stringRan'].filter((name) => name in window)
    })
    expect(ran).toEqual([])
  })

  it('reaches no address but its own', async () => {
    const reached = await grantdesk.page.evaluate(async (address) => {
      const image = new Image()
      image.src = address
      const script = document.createElement('script')
      script.src = address
      const frame = document.createElement('iframe')
      frame.src = address
      document.body.append(image, script, frame)
      navigator.sendBeacon(address, 'x')
      return fetch(address, { mode: 'no-cors' }).then(
        () => 'reached',
        () => 'refused',
      )
    }, elsewhere)
    await settle()
    expect(reached).toBe('refused')
    expect(visits).toBe(0)
  })

  it('goes nowhere else, by itself or by a link', async () => {
    for (const address of [elsewhere, 'https://example.invalid/', 'file:///etc/passwd', 'data:text/html,hello']) {
      await grantdesk.page.evaluate((to) => {
        location.href = to
      }, address)
      await grantdesk.page.evaluate((to) => {
        const link = Object.assign(document.createElement('a'), { href: to })
        document.body.append(link)
        link.click()
      }, address)
      await settle()
      expect(grantdesk.page.url()).toBe('app://grantdesk/')
    }
    expect(visits).toBe(0)
  })

  it('goes to a screen of its own by the fragment of its address, and shows it again when it is loaded again', async () => {
    const { page } = grantdesk
    await page.evaluate(() => location.assign('#/settings'))
    await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor()
    // As the menu does it: the page itself may not.
    await grantdesk.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload())
    await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor()
    expect(page.url()).toBe('app://grantdesk/#/settings')
    await page.evaluate(() => history.back())
    await page.getByRole('button', { name: 'Connect a service' }).first().waitFor()
    expect(page.url()).toBe('app://grantdesk/')
  })

  it('opens no window, and no address in the system’s browser that way', async () => {
    const opened = await grantdesk.page.evaluate((to) => {
      const link = Object.assign(document.createElement('a'), { href: to, target: '_blank' })
      document.body.append(link)
      link.click()
      return [to, 'about:blank', 'app://grantdesk/'].map((address) => window.open(address) === null)
    }, elsewhere)
    await settle()
    expect(opened).toEqual([true, true, true])
    expect(await windowCount()).toBe(1)
    expect(visits).toBe(0)
    expect(openedAddresses(machine.opened)).toEqual([])
  })

  it('gives a frame nothing of what it has itself', async () => {
    const inFrames = await grantdesk.page.evaluate(async () => {
      const frames = ['about:blank', 'app://grantdesk/'].map((src) =>
        Object.assign(document.createElement('iframe'), { src }),
      )
      const written = Object.assign(document.createElement('iframe'), { srcdoc: '<p>hello</p>' })
      document.body.append(...frames, written)
      await new Promise((resolve) => setTimeout(resolve, 500))
      return [...frames, written].map((frame) => {
        try {
          return 'grantdesk' in (frame.contentWindow ?? {})
        } catch {
          return false
        }
      })
    })
    expect(inFrames).toEqual([false, false, false])
  })

  it('is given no permission', async () => {
    const answers = await grantdesk.page.evaluate(async () => {
      const state = (name: string) =>
        navigator.permissions.query({ name: name as PermissionName }).then(
          (status) => status.state,
          () => 'unknown',
        )
      const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'given',
        () => 'refused',
      )
      const read = await navigator.clipboard.readText().then(
        () => 'given',
        () => 'refused',
      )
      return {
        media,
        read,
        notifications: await Notification.requestPermission(),
        geolocation: await state('geolocation'),
      }
    })
    expect(answers).toEqual({ media: 'refused', read: 'refused', notifications: 'denied', geolocation: 'denied' })
  })

  it('downloads nothing', async () => {
    const states = grantdesk.electron.evaluate(
      ({ session }) =>
        new Promise((resolve) => {
          session.defaultSession.once('will-download', (event) => resolve(event.defaultPrevented))
          setTimeout(() => resolve('no download began'), 3_000)
        }),
    )
    await grantdesk.page.evaluate(() => {
      const href = URL.createObjectURL(new Blob(['x']))
      const link = Object.assign(document.createElement('a'), { href, download: 'x.txt' })
      document.body.append(link)
      link.click()
    })
    expect([true, 'no download began']).toContain(await states)
  })

  it('opens links through the host alone, and only ones that are checked', async () => {
    for (const url of ['file:///etc/passwd', 'javascript:alert(1)', 'http://example.invalid/', 'app://grantdesk/']) {
      await expect(callDoor(grantdesk.page, 'links.open', { url })).rejects.toThrow(/Only https links/)
    }
    expect(openedAddresses(machine.opened)).toEqual([])
  })

  it('is answered with a typed failure whatever it sends for a call, and the host lives on', async () => {
    const answers = await grantdesk.page.evaluate(async () => {
      const { grantdesk } = window as unknown as {
        grantdesk: { call(name: unknown, input: unknown): Promise<unknown> }
      }
      const ring: Record<string, unknown> = {}
      ring.self = ring
      const polluting: unknown = JSON.parse('{"id":"x","__proto__":{"polluted":true}}')
      const calls: [unknown, unknown][] = [
        [42, {}],
        [{ procedure: 'app.snapshot' }, {}],
        ['x'.repeat(101), {}],
        ['__proto__', {}],
        ['flows.get', ring],
        ['flows.get', new Map([['id', 'x']])],
        ['flows.get', 10n],
        ['flows.get', polluting],
        ['services.import', { text: 'x'.repeat(26_000_000) }],
      ]
      const given = []
      for (const [name, input] of calls) {
        given.push(
          await grantdesk.call(name, input).then(
            (answer) => (answer as { failure?: { kind: string } }).failure?.kind,
            () => 'thrown',
          ),
        )
      }
      return given
    })
    const kinds = [...Array(3).fill('invalid_input'), 'not_found', ...Array(3).fill('invalid_input'), 'not_found']
    expect(answers).toEqual([...kinds, 'invalid_input'])
    expect((await snapshotOf(grantdesk.page)).vault.state).toBe('open')
  })

  it('is the only one who may call: a forged sender with the same preload script is refused', async () => {
    const answers = await grantdesk.electron.evaluate(async ({ BrowserWindow, app }) => {
      const preload = `${app.getAppPath()}/dist/electron/preload.cjs`
      const ask =
        'window.grantdesk ? window.grantdesk.call("app.snapshot", {}).then((a) => "answered " + a.ok, (e) => String(e)) : "no door"'
      const results: string[] = []
      for (const page of ['data:text/html,forged', 'app://grantdesk/']) {
        const forged = new BrowserWindow({
          show: false,
          webPreferences: { preload, sandbox: true, contextIsolation: true },
        })
        await forged.loadURL(page).catch(() => undefined)
        results.push(await forged.webContents.executeJavaScript(ask))
        forged.destroy()
      }
      return results
    })
    expect(answers).toHaveLength(2)
    for (const answer of answers) expect(answer).toContain('Only Grantdesk’s own page may call.')
    expect((await snapshotOf(grantdesk.page)).vault.state).toBe('open')
  })

  it('is not called for by what has taken its place in its own window', async () => {
    const answer = await grantdesk.electron.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      await contents?.loadURL('data:text/html,elsewhere').catch(() => undefined)
      return contents?.executeJavaScript(
        'window.grantdesk.call("app.snapshot", {}).then((a) => "answered " + a.ok, (e) => String(e))',
      )
    })
    expect(answer).toContain('Only Grantdesk’s own page may call.')
  })
})
