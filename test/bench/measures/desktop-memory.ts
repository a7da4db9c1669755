// Memory that the desktop's main process holds with 1,000 connections after the same use as a host in `memory`. For information:
// most of it is Electron's own, as what it holds before the vault is unlocked shows.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openRemoteDoor } from '../../../core/door/remote-door.ts'
import { callDoor } from '../../desktop/door.ts'
import { launchGrantdesk } from '../../desktop/launch.ts'
import { startMachine } from '../../desktop/machine.ts'
import { desktopRuntime, repository } from '../../desktop/runtime.ts'
import { makeVault, passphrase } from '../bench-vault.ts'
import type { Measure } from '../measure.ts'
import { residentMemory } from '../programs.ts'
import { startTokenServer } from '../token-server.ts'
import { callAsUsual, usualCalls } from './memory.ts'

/** More (MB) than was ever seen; Electron 22 alone holds 225 MB before the vault is unlocked. */
const mostSeen = 300

export const desktopMemory: Measure = {
  name: 'desktop-memory',
  about: 'memory of the desktop’s main process with 1,000 connections after use',
  async take() {
    const runtime = desktopRuntime()
    if ('skipped' in runtime) return { skipped: runtime.skipped }
    if (!existsSync(join(repository, 'dist/electron/main.js'))) return { skipped: 'the desktop app is not built' }
    const server = await startTokenServer()
    const made = await makeVault({ connections: 1_000 }, server)
    const machine = await startMachine('open')
    const desktop = await launchGrantdesk(runtime.executable, machine, { env: { GRANTDESK_HOME: made.folder } })
    try {
      const pid = await desktop.electron.evaluate(() => process.pid)
      const atStart = residentMemory(pid) ?? Number.NaN
      await callDoor(desktop.page, 'vault.unlock', { passphrase })
      const door = await openRemoteDoor(made.folder)
      if (!door) throw new Error('The desktop does not answer.')
      await callAsUsual(door, made.ids).finally(() => door.close())
      const held = residentMemory(pid) ?? Number.NaN
      return [
        {
          label: `the desktop’s main process after ${usualCalls}`,
          unit: 'MB',
          ours: [held],
          reference: { label: 'before the vault was unlocked', samples: [atStart] },
          bound: { most: 200 },
          accepted: mostSeen,
        },
      ]
    } finally {
      await desktop.quit()
      await machine.close()
      made.remove()
      await server.close()
    }
  },
}
