// Opens a browser, without a shell: the programs that `$BROWSER` names, in their order, else the system's own opener. Only http
// and https, and an error if there is neither.
import type { Browser } from '../core/ports.ts'
import { type PageFile, writePageFile } from './page-file.ts'

/** An opener that is still running after this (ms) has found a browser; one that fails, fails sooner. */
const settling = 1_500

type Env = Readonly<Record<string, string | undefined>>

/** Whether there is a display for a browser window. */
export function hasDisplay(env: Env = process.env, platform: NodeJS.Platform = process.platform): boolean {
  if (platform === 'win32' || platform === 'darwin') return !env.SSH_CONNECTION
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/** Whether a browser can be opened: one that `$BROWSER` names, or one on a display. */
export function hasBrowser(env: Env = process.env, platform: NodeJS.Platform = process.platform): boolean {
  return namesBrowser(env, platform) || hasDisplay(env, platform)
}

/** Whether the person chose browsers by `$BROWSER`. */
export function namesBrowser(env: Env = process.env, platform: NodeJS.Platform = process.platform): boolean {
  return namedBrowsers('', env, platform).length > 0
}

type Command = [program: string, ...parameters: string[]]

/**
 * The programs that `$BROWSER` names, separated by colons, each with its arguments: `%s` is the address, which comes last where it
 * is missing. The convention of Unix systems, not of Windows.
 */
export function namedBrowsers(address: string, env: Env, platform: NodeJS.Platform): Command[] {
  if (platform === 'win32') return []
  return (env.BROWSER ?? '').split(':').flatMap((command): Command[] => {
    const words = command.match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? []
    const [program, ...parameters] = words.map((word) => word.replace(/^(["'])(.*)\1$/s, '$2'))
    if (program === undefined) return []
    const filled = parameters.map((parameter) => parameter.replace(/%[s%]/g, (sign) => (sign === '%s' ? address : '%')))
    return [[program, ...filled, ...(command.includes('%s') ? [] : [address])]]
  })
}

/** The program and its arguments that open `address` on this platform. */
export function openerFor(address: string, platform: NodeJS.Platform): Command {
  if (platform === 'darwin') return ['open', address]
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler', address]
  return ['xdg-open', address]
}

/**
 * Opens web addresses; throws a sentence for the person where it cannot. An authorization request is the opener's argument,
 * as it is for every desktop application: many browsers are packed so that they cannot read a file of ours.
 */
export function systemBrowser(): Browser {
  return {
    async open(address) {
      const url = new URL(address)
      if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error('Only web addresses are opened.')
      await startOpener(url.href)
    },
  }
}

/** Opens `address` so that it is nobody's argument; the page in `folder` that does it is the caller's to remove. */
export async function openUnseen(folder: string, address: string): Promise<PageFile> {
  if (!hasBrowser()) throw noDisplay()
  const page = writePageFile(folder, address)
  try {
    await startOpener(page.url)
    return page
  } catch (error) {
    page.remove()
    throw error
  }
}

const noDisplay = () => new Error('There is no display here to open a browser on.')

async function startOpener(address: string): Promise<void> {
  const named = namedBrowsers(address, process.env, process.platform)
  for (const command of named) {
    const started = await startProgram(command).then(
      () => true,
      () => false,
    )
    if (started) return
  }
  if (hasDisplay()) return startProgram(openerFor(address, process.platform))
  throw named.length > 0 ? new Error('No browser that $BROWSER names could be started.') : noDisplay()
}

async function startProgram([program, ...parameters]: Command): Promise<void> {
  const { spawn } = await import('node:child_process')
  const child = spawn(program, parameters, { stdio: 'ignore', detached: true })
  child.unref()
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, settling)
    child.once('error', () => {
      clearTimeout(timer)
      reject(new Error('No browser could be started.'))
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      if (code === 0) resolve()
      else reject(new Error('The browser could not be opened.'))
    })
  })
}
