// Where Node keeps the compiled code of Grantdesk's files, so that each command does not compile them anew. It is code that
// will be run, so it lies in a folder of the person's own: refuses one that somebody else owns or may write to. It holds
// nothing but what was compiled from the installed files; no secret is in them.
import { lstatSync, mkdirSync } from 'node:fs'
import nodeModule from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'

type Env = Readonly<Record<string, string | undefined>>

/** Does nothing where Node is too old to have it (before 22.1), or no folder is safe to use. */
export function keepCompiledCode(env: Env = process.env): void {
  // Whoever chose a folder for Node, or none, has chosen.
  if (nodeModule.enableCompileCache === undefined || env.NODE_COMPILE_CACHE || env.NODE_DISABLE_COMPILE_CACHE) return
  try {
    const folder = privateFolder(join(cacheHome(env, process.platform, homedir()), 'grantdesk'))
    if (folder !== null) nodeModule.enableCompileCache(join(folder, 'compiled'))
  } catch {
    // Whatever is the matter with the person's folder is met again where it matters.
  }
}

/** The platform's place for what can be made again. */
export function cacheHome(env: Env, platform: NodeJS.Platform, home: string): string {
  if (platform === 'win32') return env.LOCALAPPDATA || join(home, 'AppData', 'Local')
  if (platform === 'darwin') return join(home, 'Library', 'Caches')
  const configured = env.XDG_CACHE_HOME
  return configured?.startsWith('/') ? configured : join(home, '.cache')
}

/** `folder`, made where it is missing; `null` where it is not this person's alone. */
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

/** Of the folder itself: a link to another is none. */
function statOf(folder: string) {
  const stat = lstatSync(folder)
  return { uid: stat.uid, mode: stat.mode, isDirectory: stat.isDirectory() }
}
