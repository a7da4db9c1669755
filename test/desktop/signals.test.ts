// Signals that end the desktop app: those that ask it to quit close everything first, and none is swallowed.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { until } from '../support/child.ts'
import { describeDesktop } from './desktop-suite.ts'
import { type Grantdesk, launchGrantdesk } from './launch.ts'
import { type Machine, startMachine } from './machine.ts'

describeDesktop('a signal', (executable) => {
  let machine: Machine
  let grantdesk: Grantdesk

  beforeEach(async () => {
    machine = await startMachine('open')
    grantdesk = await launchGrantdesk(executable, machine)
    await grantdesk.page.getByRole('button', { name: /^Vault open/ }).waitFor()
  })
  afterEach(async () => {
    await grantdesk?.quit().catch(() => undefined)
    await machine?.close()
  })

  /** The main process: a runtime may stand behind a script. */
  const mainProcess = () => grantdesk.electron.evaluate(() => process.pid)
  const ended = (pid: number) => until(async () => !existsSync(`/proc/${pid}`), 'the process has ended')
  const isOwned = () => existsSync(join(machine.vault, 'owner.json'))

  it('to terminate closes everything: the vault is nobody’s afterwards', async () => {
    const pid = await mainProcess()
    expect(isOwned()).toBe(true)
    process.kill(pid, 'SIGTERM')
    await ended(pid)
    expect(isOwned()).toBe(false)
  })

  it('to abort ends it, as a crash would', async () => {
    const pid = await mainProcess()
    process.kill(pid, 'SIGABRT')
    await ended(pid)
  })
})
