// The built command line as a process of its own, in a folder of its own, without a keychain, a display or a terminal. It is
// the one that is quick at passphrases: see test/support/build-quick.ts.
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Writable } from 'node:stream'

export const commandLine = resolve(import.meta.dirname, '../built/headless/grantdesk.js')

export const passphrase = 'correct horse battery staple'

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export interface Running {
  child: ChildProcess
  stdout(): string
  stderr(): string
  /** The first line of standard output that fits; rejects when the process ends before. */
  line(fits: (line: string) => boolean): Promise<string>
  ended: Promise<Ended>
}

export interface StartOptions {
  /** Standard input; it ends after this, unless it is kept open for more. */
  input?: string
  keepsInputOpen?: boolean
  /** What comes on file descriptors 3, 4 … */
  descriptors?: string[]
  node?: string
  env?: Record<string, string>
}

/** A vault's folder of its own and the commands on it. */
export interface TestCommandLine {
  folder: string
  start(parameters: string[], options?: StartOptions): Running
  run(parameters: string[], options?: StartOptions): Promise<Ended>
  /** A vault under the passphrase; throws where it cannot be made. */
  makeVault(): Promise<void>
  /** The vault of another as it is now, while no command is running on it: what only has to be there costs no command. */
  copyVault(from: TestCommandLine): void
  /** `run` with the passphrase on standard input. */
  unlocked(parameters: string[]): Promise<Ended>
  /** Ends what still runs and removes the folder. */
  close(): Promise<void>
}

export function openTestCommandLine(): TestCommandLine {
  const home = mkdtempSync(join(tmpdir(), 'grantdesk-home-'))
  const folder = join(home, 'vault')
  const running = new Set<Running>()

  function start(parameters: string[], options: StartOptions = {}): Running {
    const process = startProcess(parameters, folder, home, options)
    running.add(process)
    void process.ended.then(() => running.delete(process))
    return process
  }

  return {
    folder,
    start,
    run: (parameters, options) => start(parameters, options).ended,
    async makeVault() {
      const parameters = ['vault', 'passphrase', '--passphrase-stdin', '--password-stdin']
      const { code, stderr } = await start(parameters, { input: `${passphrase}\n${passphrase}\n` }).ended
      if (code !== 0) throw new Error(stderr)
    },
    copyVault: (from) => cpSync(from.folder, folder, { recursive: true }),
    unlocked: (parameters) => start([...parameters, '--passphrase-stdin'], { input: `${passphrase}\n` }).ended,
    async close() {
      for (const { child } of running) child.kill('SIGKILL')
      await Promise.all([...running].map(({ ended }) => ended))
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function startProcess(parameters: string[], folder: string, home: string, options: StartOptions): Running {
  const { input = '', keepsInputOpen = false, descriptors = [], node = process.execPath, env = {} } = options
  const child = spawn(node, [commandLine, ...parameters], {
    env: { PATH: process.env.PATH, HOME: home, GRANTDESK_HOME: folder, TMPDIR: tmpdir(), ...env },
    stdio: ['pipe', 'pipe', 'pipe', ...descriptors.map(() => 'pipe' as const)],
  })
  const text = { stdout: '', stderr: '' }
  const waiting = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8')
    child[name]?.on('data', (chunk: string) => {
      text[name] += chunk
      for (const look of waiting) look()
    })
  }
  const give = (stream: Writable | undefined, content: string) => {
    stream?.on('error', () => undefined)
    stream?.end(content)
  }
  if (keepsInputOpen) child.stdin?.write(input)
  else give(child.stdin ?? undefined, input)
  for (const [index, content] of descriptors.entries()) give(child.stdio[3 + index] as Writable | undefined, content)
  const ended = new Promise<Ended>((settle) => child.on('close', (code) => settle({ code, ...text })))

  return {
    child,
    stdout: () => text.stdout,
    stderr: () => text.stderr,
    ended,
    line: (fits) =>
      new Promise((settle, reject) => {
        const look = () => {
          const found = text.stdout.split('\n').slice(0, -1).find(fits)
          if (found === undefined) return
          waiting.delete(look)
          settle(found)
        }
        waiting.add(look)
        void ended.then(() => reject(new Error(`It ended before: ${text.stdout}${text.stderr}`)))
        look()
      }),
  }
}
