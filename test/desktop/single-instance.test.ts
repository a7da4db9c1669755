// One Grantdesk at a time: a second start brings the first window forward, and commands go through the first.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { until } from '../support/child.ts'
import { describeDesktop } from './desktop-suite.ts'
import { type Grantdesk, launchGrantdesk } from './launch.ts'
import { type Machine, startMachine } from './machine.ts'
import { olderRuntime, repository } from './runtime.ts'

describeDesktop('a second start', (executable) => {
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

  const windows = () =>
    grantdesk.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => ({ visible: window.isVisible(), focused: window.isFocused() })),
    )

  it('ends by itself and brings the first window to the person', async () => {
    await grantdesk.electron.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.hide()
    })
    await until(async () => (await windows()).every(({ visible }) => !visible), 'the window is hidden')

    const second = spawn(executable, ['-r', olderRuntime, repository], { env: machine.env, stdio: 'ignore' })
    const [code] = await once(second, 'exit')
    expect(code).toBe(0)
    await until(async () => (await windows()).every(({ visible, focused }) => visible && focused), 'the window is back')
    expect(await windows()).toHaveLength(1)
  })

  it('is not needed for a command, which goes through the window’s process', async () => {
    await until(
      () => Boolean(statSync(join(machine.vault, 'door.sock'), { throwIfNoEntry: false })),
      'the socket is there',
    )
    expect(statSync(join(machine.vault, 'door.sock')).mode & 0o777).toBe(0o600)
    const command = join(repository, 'dist/headless/grantdesk.js')
    const child = spawn(process.execPath, [command, 'list', '--json'], {
      env: machine.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += String(chunk)
    })
    const [code] = await once(child, 'close')
    expect({ code, output: output.trim() }).toEqual({ code: 0, output: '[]' })
  })
})
