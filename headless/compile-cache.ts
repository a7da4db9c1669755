// Enables Node's compile cache, so that a command does not compile Grantdesk's files again. Cached code will be executed, so the
// folder has to belong to the person alone: one that others own or may write to is not used. It contains no secrets.
import { lstatSync, mkdirSync } from 'node:fs'
import nodeModule from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'

type Env = Readonly<Record<string, string | undefined>>

/** Does nothing if Node is too old (before 22.1) or no folder is safe. */
export function keepCompiledCode(env: Env = process.env): void {
  // The person's own choice takes precedence.
  if (nodeModule.enableCompileCache === undefined || env.NODE_COMPILE_CACHE || env.NODE_DISABLE_COMPILE_CACHE) return
  try {
    const folder = privateFolder(join(cacheHome(env, process.platform, homedir()), 'grantdesk'))
    if (folder !== null) nodeModule.enableCompileCache(join(folder, 'compiled'))
  } catch {
    // The cache is optional.
  }
}

/** The platform's folder for caches. */
export function cacheHome(env: Env, platform: NodeJS.Platform, home: string): string {
  if (platform === 'win32') return env.LOCALAPPDATA || join(home, 'AppData', 'Local')
  if (platform === 'darwin') return join(home, 'Library', 'Caches')
  const configured = env.XDG_CACHE_HOME
  return configured?.startsWith('/') ? configured : join(home, '.cache')
}

/** `folder`, created if missing; `null` if it does not belong to this person alone. */
export function privateFolder(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { uid, mode, isDirectory } = statOf(folder)
    if (!isDirectory) return null
    const own = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0)
    return own ? folder : null
  } catch {
    return null
  }
}

/** Of the folder itself, not of a link's target. */
function statOf(folder: string) {
  const stat = lstatSync(folder)
  return { uid: stat.uid, mode: stat.mode, isDirectory: stat.isDirectory() }
}
