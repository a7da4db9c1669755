// Which real Electron the desktop tests run on, and why they do not run where there is none.
import { fileURLToPath } from 'node:url'
import { findElectronRuntime } from '../../build/electron-runtime.ts'
import { findProgram } from '../support/programs.ts'

export const repository = fileURLToPath(new URL('../..', import.meta.url))

/** Lays what Electron has added since over an older runtime; does nothing on today's. */
export const olderRuntime = fileURLToPath(new URL('older-runtime.cjs', import.meta.url))

const machinery = ['Xvfb', 'dbus-daemon', 'dbus-send', 'gnome-keyring-daemon']

/** The runtime's executable, or why there is nothing to run. */
export function desktopRuntime(): { executable: string } | { skipped: string } {
  const executable = findElectronRuntime()
  if (executable === null) return { skipped: 'no Electron runtime' }
  if (process.platform !== 'linux') return { skipped: 'the screen and the keyring of these tests are Linux’s' }
  const missing = machinery.filter((name) => findProgram(name) === null)
  if (missing.length > 0) return { skipped: `not installed: ${missing.join(', ')}` }
  return { executable }
}
