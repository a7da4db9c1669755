// `npm start`: builds, then opens the desktop app. Where Electron's runtime cannot be had or there is no display, says
// so in one line and serves the same app for a browser.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { downloadElectronRuntime, findElectronRuntime } from './electron-runtime.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const downloadPatience = 5 * 60_000

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Hands the terminal to a program; ends as it ends. */
function become(command: string, args: string[]): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => {
    child.once('error', (error) => {
      say(error.message)
      resolve(1)
    })
    child.once('close', (code) => resolve(code ?? 1))
  })
}

async function whyNoWindow(): Promise<{ why: string } | { runtime: string }> {
  const { platform, env } = process
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return { why: 'There is no display' }
  const found = findElectronRuntime()
  if (found) return { runtime: found }
  say('Downloading Electron’s runtime …')
  const downloaded = await downloadElectronRuntime(downloadPatience)
  return downloaded ? { runtime: downloaded } : { why: 'Electron’s runtime could not be downloaded' }
}

const built = await become(process.execPath, [fileURLToPath(new URL('build.ts', import.meta.url))])
if (built !== 0) process.exit(built)

const window = await whyNoWindow()
if ('runtime' in window) process.exit(await become(window.runtime, [root, ...process.argv.slice(2)]))
say(`${window.why}, so Grantdesk is served for a browser instead.`)
process.exit(
  await become(process.execPath, ['dist/headless/grantdesk.js', 'serve', '--open', ...process.argv.slice(2)]),
)
