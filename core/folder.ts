// The vault's folder on each platform, readable by its owner only. Does not guess if the platform does not say where
// applications keep their data.
import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { posix, win32 } from 'node:path'

/** The folder that every host on this machine shares: `GRANTDESK_HOME`, or the platform's place for application data. */
export function vaultFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string,
): string {
  const path = platform === 'win32' ? win32 : posix
  if (env.GRANTDESK_HOME) return path.resolve(env.GRANTDESK_HOME)
  if (platform === 'win32') return path.join(env.APPDATA || path.join(home, 'AppData', 'Roaming'), 'Grantdesk')
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Grantdesk')
  // The XDG specification says to ignore relative paths.
  const configured = env.XDG_CONFIG_HOME
  return path.join(configured && path.isAbsolute(configured) ? configured : path.join(home, '.config'), 'grantdesk')
}

/** Creates the folder if missing and makes it private; throws if that fails. */
export function prepareFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  const isPrivate = process.platform === 'win32' || (found && (found.mode & 0o777) === 0o700)
  if (found?.isDirectory() && isPrivate) return
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (process.platform !== 'win32') chmodSync(folder, 0o700)
}
