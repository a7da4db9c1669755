// Grantdesk in a real Electron, driven by Playwright.
import { type ElectronApplication, _electron as electron, type Page } from 'playwright-core'
import type { Machine } from './machine.ts'
import { olderRuntime, repository } from './runtime.ts'

export interface Grantdesk {
  electron: ElectronApplication
  page: Page
  /** What the main process wrote to its terminal. */
  output(): string
  quit(): Promise<void>
}

/** Starts the built app on that machine and waits for its window. */
export async function launchGrantdesk(executable: string, machine: Machine): Promise<Grantdesk> {
  const app = await electron.launch({
    executablePath: executable,
    args: ['-r', olderRuntime, repository],
    env: textOnly(machine.env),
    timeout: 60_000,
  })
  let output = ''
  for (const stream of [app.process().stdout, app.process().stderr]) {
    stream?.on('data', (chunk) => {
      output += String(chunk)
    })
  }
  const page = await app.firstWindow()
  return { electron: app, page, output: () => output, quit: () => app.close() }
}

/** An environment without its gaps, as Playwright wants it. */
export function textOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])))
}
