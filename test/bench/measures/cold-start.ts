// From the start of Electron to the first window with text in it: the desktop app with a vault that the keychain opens,
// against an application that is one window and nothing else.
import { spawn } from 'node:child_process'
import { existsSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startMachine } from '../../desktop/machine.ts'
import { desktopRuntime, olderRuntime, repository } from '../../desktop/runtime.ts'
import { inTurns, type Measure } from '../measure.ts'

const bareWindow = join(import.meta.dirname, '../bare-window')
const tellFirstWindow = join(import.meta.dirname, '../tell-first-window.cjs')
const longest = 60_000

/** A runtime may stand behind a script that prepares the application: only from then on it is Electron that starts. */
async function electronBegins(pid: number): Promise<void> {
  const isScript = () => /\/(bash|dash|sh|node)$/.test(readlinkSync(`/proc/${pid}/exe`))
  while (isScript()) await pause(1)
}

async function firstWindow(executable: string, app: string, env: NodeJS.ProcessEnv): Promise<number> {
  const args = ['-r', olderRuntime, '-r', tellFirstWindow, app]
  const child = spawn(executable, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: longest })
  let output = ''
  const drawn = new Promise<number>((found, failed) => {
    const look = (chunk: Buffer) => {
      output += String(chunk)
      if (output.includes('first window drawn')) found(performance.now())
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    child.once('exit', () => failed(new Error(`Electron ended without a window: ${output}`)))
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const [began, end] = await Promise.all([electronBegins(child.pid ?? 0).then(() => performance.now()), drawn])
  await ended
  return end - began
}

export const coldStart: Measure = {
  name: 'cold-start',
  about: 'the desktop app’s first window, against a bare Electron window',
  async take() {
    const runtime = desktopRuntime()
    if ('skipped' in runtime) return { skipped: runtime.skipped }
    if (!existsSync(join(repository, 'dist/electron/main.js'))) return { skipped: 'the desktop app is not built' }
    const machine = await startMachine('open')
    try {
      const { ours, reference } = await inTurns(
        8,
        () => firstWindow(runtime.executable, repository, machine.env),
        () => firstWindow(runtime.executable, bareWindow, machine.env),
        2,
      )
      return [
        {
          label: 'cold start of the desktop’s window',
          unit: 'ms',
          ours,
          reference: { label: 'bare Electron window', samples: reference },
          bound: { ratio: 1.3 },
        },
      ]
    } finally {
      await machine.close()
    }
  },
}
