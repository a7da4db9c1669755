// Programs that a measure starts: timed from the call until they have ended, or kept running as hosts.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { endProgram } from '../support/child.ts'
import { findProgram } from '../support/programs.ts'
import { passphrase } from './bench-vault.ts'

export const commandLine = resolve(import.meta.dirname, '../../dist/headless/grantdesk.js')

/** An environment for commands on the vault in `folder`, which reach no keychain unless `more` names its bus. */
export function commandEnvironment(folder: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: folder, TMPDIR: tmpdir(), GRANTDESK_HOME: folder, ...more }
}

/** Milliseconds from start to end; throws where it ends otherwise than well, with what it wrote. */
export function timedProgram(file: string, args: string[], env: NodeJS.ProcessEnv): number {
  const began = performance.now()
  const { status, stdout, stderr, error } = spawnSync(file, args, { env, encoding: 'utf8', timeout: 120_000 })
  const took = performance.now() - began
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${error?.message ?? ''}${stdout}${stderr}`)
  return took
}

export const timedCommand = (args: string[], env: NodeJS.ProcessEnv) =>
  timedProgram(process.execPath, [commandLine, ...args], env)

/** Node that does nothing: what any command costs at least. */
export const timedBareNode = (env: NodeJS.ProcessEnv) => timedProgram(process.execPath, ['-e', '0'], env)

export interface BenchHost {
  child: ChildProcess
  /** Where a browser finds it. */
  address: string
  stop(): Promise<void>
}

/** `grantdesk serve` on the vault in `folder`, unlocked. */
export async function startHost(folder: string): Promise<BenchHost> {
  const args = [commandLine, 'serve', '--passphrase-stdin']
  const child = spawn(process.execPath, args, { env: commandEnvironment(folder), stdio: ['pipe', 'pipe', 'pipe'] })
  let output = ''
  const address = await new Promise<string>((found, failed) => {
    const look = (chunk: Buffer) => {
      output += String(chunk)
      const [url] = output.match(/http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/) ?? []
      if (url) found(url)
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    child.once('exit', () => failed(new Error(`grantdesk serve ended: ${output}`)))
    child.stdin.end(`${passphrase}\n`)
  })
  return { child, address, stop: () => endProgram(child) }
}

/** Memory that a process holds now (MB); `null` where the system does not say. */
export function residentMemory(pid: number): number | null {
  try {
    const [, kilobytes] = readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmRSS:\s+(\d+) kB/m) ?? []
    return Number(kilobytes) / 1024
  } catch {
    return null
  }
}

export interface GitHubCommand {
  time(): number
  remove(): void
}

/** Debian's `gh` with a token in a store of its own; `null` where it is not installed. */
export function findGitHubCommand(): GitHubCommand | null {
  const gh = findProgram('gh')
  if (gh === null) return null
  const folder = mkdtempSync(join(tmpdir(), 'grantdesk-bench-gh-'))
  const hosts = 'github.com:\n    oauth_token: gho_0123456789abcdef\n    user: someone\n    git_protocol: https\n'
  writeFileSync(join(folder, 'hosts.yml'), hosts, { mode: 0o600 })
  const env = { PATH: process.env.PATH, HOME: folder, GH_CONFIG_DIR: folder }
  return {
    time: () => timedProgram(gh, ['auth', 'token'], env),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
