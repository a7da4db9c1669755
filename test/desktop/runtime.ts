// Which real Electron the desktop tests run on, and why they do not run where there is none.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findElectronRuntime } from '../../build/electron-runtime.ts'

export const repository = fileURLToPath(new URL('../..', import.meta.url))

/** Lays what Electron has added since over an older runtime; does nothing on today's. */
export const olderRuntime = fileURLToPath(new URL('older-runtime.cjs', import.meta.url))

/** The program's path, looked for as a shell would. */
export function findProgram(name: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder && existsSync(join(folder, name))) return join(folder, name)
  }
  return null
}

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

/** Chromium, which stands in for the system's browser. */
export function findChromium(): string | null {
  const { CHROMIUM } = process.env
  if (CHROMIUM && existsSync(CHROMIUM)) return CHROMIUM
  return ['chromium', 'chromium-browser', 'google-chrome'].map(findProgram).find((path) => path !== null) ?? null
}
