// An app's own scheme on Linux: a desktop file that names it, made the default by xdg-mime. xdg-mime takes nothing back, so its
// lines about our file are taken out of mimeapps.list again.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Launch, ownedBy, type SchemeRegistration } from './app-addresses.ts'

const run = promisify(execFile)

/** A desktop that does not answer for this long (ms) hands nothing over. */
const patience = 10_000

export function linuxSchemes(launch: Launch, env: NodeJS.ProcessEnv): SchemeRegistration {
  const home = env.HOME ?? homedir()
  const applications = join(env.XDG_DATA_HOME || join(home, '.local/share'), 'applications')
  const lists = [
    join(env.XDG_CONFIG_HOME || join(home, '.config'), 'mimeapps.list'),
    join(applications, 'mimeapps.list'),
  ]

  async function xdgMime(...parameters: string[]): Promise<string> {
    const { stdout } = await run('xdg-mime', parameters, { env, timeout: patience })
    return stdout.trim()
  }

  const ownerOf = (scheme: string) => xdgMime('query', 'default', mimeType(scheme))

  function release(scheme: string): void {
    rmSync(join(applications, fileName(scheme)), { force: true })
    for (const list of lists) withoutDefault(list, scheme)
  }

  return {
    async register(scheme) {
      const owner = await ownerOf(scheme)
      if (owner !== '') return ownedBy(owner.replace(/\.desktop$/, ''))
      mkdirSync(applications, { recursive: true })
      writeFileSync(join(applications, fileName(scheme)), desktopFile(scheme, launch), { mode: 0o600 })
      try {
        await xdgMime('default', fileName(scheme), mimeType(scheme))
        if ((await ownerOf(scheme)) === fileName(scheme)) return null
      } catch (error) {
        release(scheme)
        throw error
      }
      release(scheme)
      return 'This desktop did not let Grantdesk take these addresses.'
    },
    release: async (scheme) => release(scheme),
  }
}

const mimeType = (scheme: string) => `x-scheme-handler/${scheme}`
const fileName = (scheme: string) => `grantdesk-answer-${scheme}.desktop`

/** @see https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html */
function desktopFile(scheme: string, { program, parameters, home }: Launch): string {
  const words = [...(home === undefined ? [] : ['env', `GRANTDESK_HOME=${home}`]), program, ...parameters]
  const quoted = words.map((word) => `"${word.replace(/["`$\\]/g, '\\$&')}"`.replace(/\\/g, '\\\\').replace(/%/g, '%%'))
  const lines = ['Type=Application', 'Name=Grantdesk', `Exec=${quoted.join(' ')} %u`, 'NoDisplay=true']
  return ['[Desktop Entry]', ...lines, `MimeType=${mimeType(scheme)};`, ''].join('\n')
}

/** Takes our own entry out, and leaves every other byte as it was. */
function withoutDefault(list: string, scheme: string): void {
  if (!existsSync(list)) return
  const text = readFileSync(list, 'utf8')
  const left = text
    .split('\n')
    .filter(
      (line) =>
        line !== `${mimeType(scheme)}=${fileName(scheme)}` && line !== `${mimeType(scheme)}=${fileName(scheme)};`,
    )
    .join('\n')
  if (left === text) return
  const fresh = `${list}.grantdesk`
  writeFileSync(fresh, left)
  renameSync(fresh, list)
}
