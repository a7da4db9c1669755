// Receives deliveries on this machine alone: when the listener opens and closes, and how much it takes at once. What a request
// is, is judged in delivery-request.ts.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { RefusedDelivery } from '../../contract/webhook.ts'
import { boundedConnections } from '../oauth/bounded-connections.ts'
import { problem } from '../problem.ts'
import { systemCode } from '../system-code.ts'
import { headerPairs, readBody, refusedRequest, statusOf } from './delivery-request.ts'
import type { ReceivedDelivery } from './received.ts'

export interface DeliveryListener {
  readonly port: number
  /** Stops accepting, and lets what is under way finish. */
  close(): Promise<void>
}

export interface DeliveryListenerOptions {
  /** `null` takes any free port. */
  port: number | null
  /** The only path that is answered; part of it cannot be guessed. */
  path: string
  /** Whether deliveries can be kept now: not while the vault is locked. */
  isOpen(): boolean
  /** Keeps a delivery; throws if it cannot be written. */
  keep(received: ReceivedDelivery): void
  onRefused(reason: RefusedDelivery): void
  /** How long a delivery may take to arrive (ms). */
  timeout?: number
}

/** Beyond this many connections without a whole request the oldest is closed; the service sends again. */
const mostConnections = 256
/** How many bytes of bodies are held at once before more are told to come later. */
const mostBuffered = 32 * 1024 * 1024
const maxHeaderBytes = 32 * 1024
/** A healthy service sends a delivery in well under a second; a minute allows for a tunnel and a busy machine. */
const usualTimeout = 60_000
/** How much later (ms) a silent connection is closed without a word: Node's own limit says why, and may be late on a busy machine. */
const patience = 30_000
/** How long a sender that goes on sending may take to read why it was refused (ms). */
const grace = 1_000
/** When a service is told to send again (s). */
const retryAfter = 30

/** Opens it on 127.0.0.1. Throws `conflict` if the port is taken or may not be used. */
export async function openDeliveryListener(options: DeliveryListenerOptions): Promise<DeliveryListener> {
  const { timeout = usualTimeout, onRefused } = options
  const server = createServer({
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: timeout,
    requestTimeout: timeout,
    connectionsCheckingInterval: Math.min(1_000, timeout),
    keepAlive: false,
  })
  const connections = boundedConnections(server, timeout + patience, mostConnections)
  const told = new WeakSet<Socket>()
  const budget = { left: mostBuffered }

  server.on('request', (request, response) => {
    connections.served(request.socket)
    answer(request, response, options, budget)
      .then((refused) => {
        if (refused !== null && !told.has(request.socket)) onRefused(refused)
      })
      // A sender that is gone needs no answer.
      .catch(() => request.destroy())
  })
  server.on('clientError', (error, socket) => {
    const reason = reasonOf(error)
    if (reason === null || !(socket as Socket).writable) return void socket.destroy()
    told.add(socket as Socket)
    onRefused(reason)
    socket.end(`HTTP/1.1 ${statusOf[reason]} ${reason}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
    endLater(socket)
  })
  const port = await listen(server, options.port)
  return { port, close: connections.close }
}

/** Answers a request; returns why it was not kept. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { path, isOpen, keep }: DeliveryListenerOptions,
  budget: { left: number },
): Promise<RefusedDelivery | null> {
  const refuse = (reason: RefusedDelivery) => {
    const headers = { connection: 'close', 'content-length': '0', ...moreHeaders(reason) }
    if (request.socket.writable) response.writeHead(statusOf[reason], headers).end()
    // What still comes is dropped, so that the sender reads the answer.
    request.resume()
    if (!request.complete) endLater(request)
    return reason
  }
  const wrong = refusedRequest(request, path)
  if (wrong !== null) return refuse(wrong)
  if (!isOpen()) return refuse('vault_locked')
  const body = await readBody(request, budget)
  try {
    if (typeof body === 'string') return refuse(body)
    // It may have been locked while the body came.
    if (!isOpen()) return refuse('vault_locked')
    keep({ headers: headerPairs(request), body })
  } catch {
    return refuse(isOpen() ? 'unwritten' : 'vault_locked')
  } finally {
    if (typeof body !== 'string') budget.left += body.length
  }
  response.writeHead(200, { connection: 'close', 'content-length': '0' }).end()
  return null
}

function endLater(open: { destroy(): void }): void {
  setTimeout(() => open.destroy(), grace).unref()
}

function moreHeaders(reason: RefusedDelivery): Record<string, string> {
  if (reason === 'method') return { allow: 'POST' }
  return statusOf[reason] === 503 ? { 'retry-after': String(retryAfter) } : {}
}

/** `null` for a connection that just ended. */
function reasonOf(error: Error): 'headers_too_large' | 'too_slow' | 'malformed' | null {
  const code = systemCode(error)
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers_too_large'
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'too_slow'
  return code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE' ? 'malformed' : null
}

function listen(server: Server, port: number | null): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(portProblem(error, port) ?? error))
    server.listen({ host: '127.0.0.1', port: port ?? 0, exclusive: true }, () => {
      server.removeAllListeners('error').on('error', () => {})
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function portProblem(error: unknown, port: number | null) {
  if (systemCode(error) === 'EACCES')
    return problem('conflict', `Port ${port} may not be used by this program.`, 'Choose one from 1024 on.')
  if (systemCode(error) !== 'EADDRINUSE') return null
  return problem('conflict', `Port ${port} is in use by another program.`, 'Choose another one.')
}
