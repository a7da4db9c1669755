// A forward proxy as companies have them where Squid as Debian builds it is none: reached by https, or one that opens the
// traffic, with certificates of the company's authority in place of the services' own.
import { createServer, type IncomingMessage } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, connect as connectPlain } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectSecurely, createSecureContext, TLSSocket } from 'node:tls'
import type { PrivateAuthority, Signed } from './private-authority.ts'

export interface ForwardProxyOptions {
  /** Names that it resolves to 127.0.0.1; no others are reached. */
  names: string[]
  /** Whom it lets in; everybody where nobody is named. */
  person?: { user: string; password: string }
  /** Its own certificate, to be reached by https. */
  secure?: Signed
  /** Opens the traffic: `by` signs what it shows, `trusting` are the authorities of the services. */
  opens?: { by: PrivateAuthority; trusting: string }
}

export interface ForwardProxy {
  /** `https://127.0.0.1:3129`. */
  address: string
  /** The hosts that it was asked for. */
  asked: string[]
  /** What it could read of the traffic. */
  read(): string
  close(): Promise<void>
}

export async function startForwardProxy(options: ForwardProxyOptions): Promise<ForwardProxy> {
  const { names, person, secure, opens } = options
  const asked: string[] = []
  const sockets = new Set<Duplex>()
  let read = ''
  const basic = person && `Basic ${Buffer.from(`${person.user}:${person.password}`).toString('base64')}`
  const server = secure ? createSecureServer({ key: secure.key, cert: secure.certificate }) : createServer()
  server.on('connection', (socket: Duplex) => sockets.add(socket))
  server.on('connect', ({ url = '', headers }: IncomingMessage, socket: Duplex) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    asked.push(url)
    if (basic !== undefined && headers['proxy-authorization'] !== basic) {
      return socket.end('HTTP/1.1 407 Sign in\r\nProxy-Authenticate: Basic realm="corp"\r\n\r\n')
    }
    const { hostname, port } = new URL(`https://${url}`)
    if (!names.includes(hostname)) return socket.end('HTTP/1.1 502 Bad\r\nProxy-Status: corp; error=dns_error\r\n\r\n')
    socket.write('HTTP/1.1 200 OK\r\n\r\n')
    const [near, far] = opens ? opened(socket, hostname, Number(port), opens) : [socket, tunnel(Number(port))]
    sockets.add(far)
    near.on('data', (part: Buffer) => {
      read += part
    })
    for (const each of [near, far]) each.on('error', () => undefined)
    near.pipe(far).pipe(near)
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    address: `${secure ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    read: () => read,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

function tunnel(port: number): Duplex {
  return connectPlain({ host: '127.0.0.1', port: port || 443 })
}

function opened(
  socket: Duplex,
  host: string,
  port: number,
  { by, trusting }: NonNullable<ForwardProxyOptions['opens']>,
) {
  const { key, certificate } = by.sign(host, [`DNS:${host}`])
  const secureContext = createSecureContext({ key, cert: certificate })
  const near = new TLSSocket(socket as never, { isServer: true, secureContext })
  const far = connectSecurely({ host: '127.0.0.1', port: port || 443, servername: host, ca: trusting })
  return [near, far] as const
}
