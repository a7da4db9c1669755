// The window itself: it comes back where it stood, survives its page, and leaves nothing behind when it closes.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { until } from '../support/child.ts'
import { describeDesktop } from './desktop-suite.ts'
import { type Grantdesk, launchGrantdesk } from './launch.ts'
import { type Machine, startMachine } from './machine.ts'

describeDesktop('the window', (executable) => {
  let machine: Machine
  let grantdesk: Grantdesk

  beforeAll(async () => {
    machine = await startMachine('open')
    grantdesk = await launchGrantdesk(executable, machine)
    await grantdesk.page.getByRole('button', { name: /^Vault open/ }).waitFor()
  })
  afterAll(async () => {
    await grantdesk?.quit()
    await machine?.close()
  })

  const bounds = () => grantdesk.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())

  /** What the page says; empty while there is none. A page that has just stopped never answers. */
  const words = () =>
    grantdesk.electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      const said = contents?.isCrashed() ? '' : contents?.executeJavaScript('document.body.innerText').catch(() => '')
      return Promise.race([said, new Promise((resolve) => setTimeout(resolve, 500, ''))])
    })

  it('is as large as it was, where it was, after a restart', async () => {
    const place = { x: 120, y: 90, width: 1010, height: 640 }
    await grantdesk.electron.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), place)
    await until(async () => (await bounds())?.width === place.width, 'the window has its new size')
    await grantdesk.quit()
    grantdesk = await launchGrantdesk(executable, machine)
    expect(await bounds()).toEqual(place)
    expect(statSync(join(machine.vault, 'electron', 'window.json')).mode & 0o777).toBe(0o600)
  })

  it('loads its page again when that stops, and the vault stays open', async () => {
    await grantdesk.electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      contents?.forcefullyCrashRenderer()
    })
    await until(async () => String(await words()).includes('GNOME Keyring'), 'the page is back')
    expect(readFileSync(join(machine.vault, 'electron', 'grantdesk.log'), 'utf8')).toContain('the page stopped')
  })

  it('has a menu with the usual keys', async () => {
    const roles = await grantdesk.electron.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items.map(({ role, id }) => id ?? role) ?? []),
    )
    expect(roles?.map((role) => role?.toLowerCase())).toEqual(
      expect.arrayContaining(['lock', 'quit', 'copy', 'paste', 'zoomin']),
    )
  })

  it('locks the vault from the menu', async () => {
    await grantdesk.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('lock')?.click())
    await until(async () => String(await words()).includes('The vault is locked'), 'the page says so')
  })

  it('gives up the vault and its socket when it closes', async () => {
    await grantdesk.quit()
    expect(existsSync(join(machine.vault, 'owner.json'))).toBe(false)
    expect(existsSync(join(machine.vault, 'door.sock'))).toBe(false)
    grantdesk = await launchGrantdesk(executable, machine)
  })
})
