// A command on a real pseudo-terminal, which `script` gives it.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { expect } from 'vitest'
import { commandLine, type TestCommandLine } from './grantdesk-process.ts'

const folders = (process.env.PATH ?? '').split(delimiter)

/** Whether this machine can pretend to be a terminal. */
export const canPretend = process.platform === 'linux' && folders.some((folder) => existsSync(join(folder, 'script')))

export interface TerminalProcess {
  child: ChildProcessWithoutNullStreams
  screen(): string
  shows(text: string | RegExp): Promise<void>
  type(keys: string): void
  /** The exit code. */
  ended: Promise<number | null>
}

/** `afterwards`: a command of the shell's, run on the same terminal when this one has ended. */
export function onTerminal(grantdesk: TestCommandLine, parameters: string[], afterwards = ''): TerminalProcess {
  const words = [process.execPath, commandLine, ...parameters].map((part) => `'${part}'`).join(' ')
  const command = afterwards === '' ? words : `sh -c 'echo "process $$."; exec "$@"' sh ${words}; ${afterwards}`
  const env = { PATH: process.env.PATH, HOME: dirname(grantdesk.folder), GRANTDESK_HOME: grantdesk.folder }
  const child = spawn('script', ['-qfec', command, '/dev/null'], { env })
  let screen = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    screen += chunk
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    child,
    screen: () => screen,
    shows: (text) => expect.poll(() => screen, { timeout: 60_000 }).toMatch(text),
    type: (keys) => void child.stdin.write(keys),
    ended,
  }
}
