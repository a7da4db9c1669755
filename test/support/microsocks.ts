// microsocks, a SOCKS5 proxy, as a process of its own on a free loopback port. It is given names of its own, so that it alone
// can resolve them.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './foreign-server.ts'
import { untilItListens } from './until-it-listens.ts'

/** What it needs of Debian. */
export const microsocksPackages = ['microsocks', 'libnss-wrapper']

export interface MicrosocksOptions {
  /** Names that it resolves to 127.0.0.1. */
  names: string[]
  /** Whom it lets in; everybody where nobody is named. */
  person?: { user: string; password: string }
}

export interface Microsocks {
  /** `127.0.0.1:1080`. */
  address: string
  /** Where it connected to, such as `plan.corp.test:443`. */
  reached(): string[]
  stop(): Promise<void>
}

export async function startMicrosocks({ names, person }: MicrosocksOptions): Promise<Microsocks> {
  const folder = mkdtempSync(join(tmpdir(), 'grantdesk-socks-'))
  const hosts = join(folder, 'hosts')
  writeFileSync(hosts, names.map((name) => `127.0.0.1 ${name}\n`).join(''))
  const port = await freePort()
  const signIn = person ? ['-u', person.user, '-P', person.password] : []
  const child = spawn('microsocks', ['-i', '127.0.0.1', '-p', `${port}`, ...signIn], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, LD_PRELOAD: 'libnss_wrapper.so', NSS_WRAPPER_HOSTS: hosts },
  })
  let log = ''
  child.stderr.on('data', (part: Buffer) => {
    log += part
  })
  await untilItListens(child, port, 'microsocks')
  return {
    address: `127.0.0.1:${port}`,
    reached: () => [...log.matchAll(/connected to (\S+)/g)].map(([, target]) => target ?? ''),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      if (child.exitCode === null && child.kill()) await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
