// Squid, the forward proxy that many companies run, as a process of its own on a free loopback port. It has a file of names
// of its own, so that it alone can resolve them.
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './foreign-server.ts'
import { untilItListens } from './until-it-listens.ts'

export interface SquidOptions {
  /** Names that it resolves to 127.0.0.1. */
  names: string[]
  /** Whom it lets in; everybody where nobody is named. */
  person?: { user: string; password: string }
  /** Hosts that it lets nothing through to. */
  denied?: string[]
}

export interface Squid {
  /** `127.0.0.1:3128`. */
  address: string
  /** What it was asked, a line each, such as `CONNECT a.test:443 200`. */
  requests(): string[]
  stop(): Promise<void>
}

export async function startSquid({ names, person, denied = [] }: SquidOptions): Promise<Squid> {
  const folder = mkdtempSync(join(tmpdir(), 'grantdesk-squid-'))
  // It gives up root for a user of its own.
  chmodSync(folder, 0o777)
  const port = await freePort()
  const at = (name: string) => join(folder, name)
  writeFileSync(at('hosts'), names.map((name) => `127.0.0.1 ${name}\n`).join(''))
  writeFileSync(at('passwords'), person ? `${person.user}:${apr1(person.password)}\n` : '')
  writeFileSync(at('access.log'), '')
  chmodSync(at('access.log'), 0o666)
  writeFileSync(
    at('squid.conf'),
    [
      `http_port 127.0.0.1:${port}`,
      `hosts_file ${at('hosts')}`,
      ...(person ? [`auth_param basic program /usr/lib/squid/basic_ncsa_auth ${at('passwords')}`] : []),
      ...(person ? ['acl known proxy_auth REQUIRED'] : []),
      ...(denied.length > 0 ? [`acl denied dstdomain ${denied.join(' ')}`, 'http_access deny denied'] : []),
      `http_access allow ${person ? 'known' : 'all'}`,
      'http_access deny all',
      'logformat lines %rm %ru %>Hs',
      `access_log stdio:${at('access.log')} lines`,
      'buffered_logs off',
      'cache_log /dev/null',
      'cache deny all',
      'pid_filename none',
      'dns_nameservers 127.0.0.1',
      'dns_timeout 1 seconds',
      'shutdown_lifetime 0 seconds',
      `coredump_dir ${folder}`,
    ].join('\n'),
  )
  const child = spawn('/usr/sbin/squid', ['-N', '-f', at('squid.conf')], { stdio: ['ignore', 'ignore', 'pipe'] })
  await untilItListens(child, port, 'Squid')
  return {
    address: `127.0.0.1:${port}`,
    requests: () => readFileSync(at('access.log'), 'utf8').split('\n').filter(Boolean),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      if (child.exitCode === null && child.kill()) await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function apr1(password: string): string {
  return execFileSync('openssl', ['passwd', '-apr1', '-stdin'], { input: password, encoding: 'utf8' }).trim()
}
