// Makes an HTTP server listen on this machine alone, at the address that a redirect URI names: for `localhost` on both
// families, because browsers try either.
import type { Server } from 'node:http'
import { type AddressInfo, createServer, type Server as SocketServer } from 'node:net'
import type { ListeningPlace } from '../../contract/redirect-uri.ts'
import { systemCode } from '../system-code.ts'
import { PortProblem } from './port-problem.ts'

export interface Listening {
  port: number
  /** Stops accepting on the family that the HTTP server itself does not listen on. */
  close(): void
  /** Lets the process end while it listens. */
  unref(): void
}

const families = { '127.0.0.1': ['127.0.0.1'], '[::1]': ['::1'], localhost: ['127.0.0.1', '::1'] } as const

/** Free ports of one family that are tried before one is free on the other, too. */
const mostTries = 20

/** On any free port where `port` is `null`. Throws `conflict` where the port is taken or may not be used. */
export async function listenOnLoopback(
  server: Server,
  hostname: ListeningPlace['hostname'],
  port: number | null,
): Promise<Listening> {
  const [main, other] = families[hostname]
  for (let tries = 1; ; tries++) {
    const taken = await listen(server, main, port).catch((error: unknown) => {
      throw portProblem(error, port) ?? error
    })
    const second = other === undefined ? null : createServer((socket) => server.emit('connection', socket))
    try {
      if (second && other) await listen(second, other, taken)
    } catch (error) {
      if (isAbsent(error)) return listening(server, null, taken)
      await new Promise((resolve) => server.close(resolve))
      const isTaken = isRefused(error)
      if (!isTaken || port !== null || tries === mostTries) throw portProblem(error, taken) ?? error
      continue
    }
    return listening(server, second, taken)
  }
}

function listening(server: Server, second: SocketServer | null, port: number): Listening {
  return {
    port,
    close: () => void second?.close(),
    unref() {
      server.unref()
      second?.unref()
    },
  }
}

function listen(server: SocketServer, host: string, port: number | null): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port: port ?? 0, exclusive: true, ipv6Only: host === '::1' }, () => {
      server.off('error', reject)
      server.on('error', () => {})
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** The machine has no such family. */
function isAbsent(error: unknown): boolean {
  return systemCode(error) === 'EADDRNOTAVAIL' || systemCode(error) === 'EAFNOSUPPORT'
}

function isRefused(error: unknown): boolean {
  return systemCode(error) === 'EADDRINUSE' || systemCode(error) === 'EACCES'
}

function portProblem(error: unknown, port: number | null) {
  if (isAbsent(error))
    return new PortProblem('no_such_address', 'This machine has no such loopback address.', 'Register 127.0.0.1.')
  if (!isRefused(error)) return null
  return systemCode(error) === 'EACCES'
    ? new PortProblem(
        'not_permitted',
        `Port ${port} on this machine may not be used by this program.`,
        'Register a redirect URI with a port from 1024 on.',
      )
    : new PortProblem(
        'in_use',
        `Port ${port} on this machine is in use by another program, or by another attempt to connect.`,
        'End that one and start again, or choose another port and register the new redirect URI at the service.',
      )
}
