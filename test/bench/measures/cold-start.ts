// From the start of Electron to the first window with text in it: the desktop app with a vault that the keychain opens,
// against an application that is one window and nothing else. Two parts of the difference are measured beside it: what a window
// with React takes at least, and what an older Electron adds that today's does not.
import { spawn } from 'node:child_process'
import { existsSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startMachine } from '../../desktop/machine.ts'
import { desktopRuntime, olderRuntime, repository } from '../../desktop/runtime.ts'
import { inTurns, type Measure, median } from '../measure.ts'
import { buildReactWindow } from '../react-window.ts'

const bareWindow = join(import.meta.dirname, '../bare-window')
const tellFirstWindow = join(import.meta.dirname, '../tell-first-window.cjs')
const longest = 60_000

/** A runtime may stand behind a script that prepares the application: only from then on it is Electron that starts. */
async function electronBegins(pid: number): Promise<void> {
  const isScript = () => /\/(bash|dash|sh|node)$/.test(readlinkSync(`/proc/${pid}/exe`))
  while (isScript()) await pause(1)
}

interface Start {
  /** Until the first window has drawn text, in ms. */
  took: number
  /** What an older runtime adds: the main process in one file, and a keychain that blocks it. 0 on today's. */
  olderRuntime: number
}

async function firstWindow(executable: string, app: string, env: NodeJS.ProcessEnv): Promise<Start> {
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
  const ended = new Promise((resolve) => child.once('close', resolve))
  const [began, end] = await Promise.all([electronBegins(child.pid ?? 0).then(() => performance.now()), drawn])
  await ended
  return { took: end - began, olderRuntime: Number(/the older runtime: ([\d.]+) ms/.exec(output)?.[1]) }
}

/** What Grantdesk itself may add, as a part of what a bare window takes. */
const margin = 0.3
const warmUp = 2

export const coldStart: Measure = {
  name: 'cold-start',
  about: 'the desktop app’s first window, against a bare Electron window',
  async take() {
    const runtime = desktopRuntime()
    if ('skipped' in runtime) return { skipped: runtime.skipped }
    if (!existsSync(join(repository, 'dist/electron/main.js'))) return { skipped: 'the desktop app is not built' }
    const machine = await startMachine('open')
    const reactWindow = await buildReactWindow()
    const start = (app: string) => firstWindow(runtime.executable, app, machine.env)
    const [withReact, older]: [number[], number[]] = [[], []]
    try {
      const { ours, reference } = await inTurns(
        8,
        async () => {
          const begun = await start(repository)
          older.push(begun.olderRuntime)
          return begun.took
        },
        async () => {
          withReact.push((await start(reactWindow.folder)).took)
          return (await start(bareWindow)).took
        },
        warmUp,
      )
      const share = (parts: number[]) =>
        median(parts.slice(warmUp).map((took, at) => took / (reference[at] ?? Number.NaN)))
      const [least, added] = [share(withReact), share(older)]
      return [
        {
          label: `cold start of the desktop’s window (React and one line of text ${least.toFixed(2)}, the older runtime’s own ${added.toFixed(2)})`,
          unit: 'ms',
          ours,
          reference: { label: 'bare Electron window', samples: reference },
          bound: { ratio: 1.3 },
          accepted: least + added + margin,
        },
      ]
    } finally {
      reactWindow.remove()
      await machine.close()
    }
  },
}
