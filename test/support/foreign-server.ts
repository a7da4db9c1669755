// Somebody else's authorization server as a process of its own on a free loopback port: started, waited for, ended by
// its process id. It is given a temporary folder for what it writes, and a standard input whose end is its own end.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { longestWait } from './longest-wait.ts'

export interface ForeignServer {
  baseUrl: string
  /** Ends the process and removes what it wrote. */
  stop(): Promise<void>
}

export interface ForeignProgram {
  /** The program and its arguments. */
  command: (port: number) => [string, ...string[]]
  /** An address that it answers at, whatever the status, once it is up. */
  readyPath: string
  environment?: Record<string, string>
}

const folder = join(import.meta.dirname, '../servers')

/** The path of a program in test/servers. */
export function serverScript(name: string): string {
  return join(folder, name)
}

/** Systems give away ports from 32,768 on to programs that ask for any: those here stay free until they are used. */
const lowest = 22_000
const highest = 32_000

/** A port that is free now, and that no listener or request gets by chance before it is used. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, highest)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** Starts the program and answers when it does. Throws with the last of what it wrote when it does not come up. */
export async function startForeignServer(program: ForeignProgram): Promise<ForeignServer> {
  const port = await freePort()
  const baseUrl = `http://127.0.0.1:${port}`
  const temporary = mkdtempSync(join(tmpdir(), 'grantdesk-foreign-'))
  const [command, ...args] = program.command(port)
  const child = spawn(command, args, {
    cwd: temporary,
    stdio: ['pipe', 'ignore', 'pipe'],
    // Nothing of this machine's own configuration: only what the interpreters need.
    env: {
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      HOME: temporary,
      TMPDIR: temporary,
      LANG: 'C.UTF-8',
      ...program.environment,
    },
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
  })
  const atExit = () => {
    child.kill('SIGKILL')
    rmSync(temporary, { recursive: true, force: true })
  }
  process.once('exit', atExit)
  const stop = async () => {
    await end(child)
    process.removeListener('exit', atExit)
    rmSync(temporary, { recursive: true, force: true })
  }
  try {
    await answering(child, baseUrl + program.readyPath)
  } catch (error) {
    await stop()
    throw new Error(`${command} did not start: ${error instanceof Error ? error.message : ''}\n${said}`)
  }
  return { baseUrl, stop }
}

async function answering(child: ChildProcess, url: string): Promise<void> {
  let failed: Error | null = null
  child.once('error', (error) => {
    failed = error
  })
  for (const until = Date.now() + longestWait; Date.now() < until; ) {
    if (failed) throw failed
    if (hasEnded(child)) throw new Error('it ended at once')
    try {
      const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) })
      await response.arrayBuffer()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  throw new Error(`it did not answer within ${longestWait / 1000} s`)
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 2_000)
  await ended
  clearTimeout(timer)
}
