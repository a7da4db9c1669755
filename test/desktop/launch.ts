// Grantdesk in a real Electron, driven by Playwright.
import { type ElectronApplication, _electron as electron, errors, type Page } from 'playwright-core'
import { longestWait } from '../support/longest-wait.ts'
import type { Machine } from './machine.ts'
import { olderRuntime, repository } from './runtime.ts'

export interface Grantdesk {
  electron: ElectronApplication
  page: Page
  /** What the main process wrote to its terminal. */
  output(): string
  quit(): Promise<void>
}

/** Further arguments and environment. */
interface More {
  args?: string[]
  env?: NodeJS.ProcessEnv
}

/**
 * Starts Electron under Playwright's debugger. Once in some hundred starts the debugger attaches and hears nothing more
 * of it: that start is ended and tried again, and said.
 */
async function startUnderDebugger(executable: string, machine: Machine, more: More): Promise<ElectronApplication> {
  const start = (timeout: number) =>
    electron.launch({
      executablePath: executable,
      args: ['-r', olderRuntime, repository, ...(more.args ?? [])],
      env: textOnly({ ...machine.env, ...more.env }),
      timeout,
    })
  return start(20_000).catch((error: unknown) => {
    if (!(error instanceof errors.TimeoutError)) throw error
    process.stderr.write('Electron did not come up under the debugger within 20 s; starting it once more.\n')
    return start(longestWait)
  })
}

/** Starts the built app on that machine and waits for its window. */
export async function launchGrantdesk(executable: string, machine: Machine, more: More = {}): Promise<Grantdesk> {
  const app = await startUnderDebugger(executable, machine, more)
  let output = ''
  for (const stream of [app.process().stdout, app.process().stderr]) {
    stream?.on('data', (chunk) => {
      output += String(chunk)
    })
  }
  app.context().setDefaultTimeout(longestWait)
  const page = await app.firstWindow({ timeout: longestWait })
  return { electron: app, page, output: () => output, quit: () => app.close() }
}

/** An environment without its gaps, as Playwright wants it. */
export function textOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])))
}
