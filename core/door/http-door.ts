// The door over HTTP for a browser tab on this machine (promise 10): the page, the exchange of the token for a cookie and a proof,
// calls, and the stream of changes. Refuses everything else, limits connections, and never sends CORS headers.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { z } from 'zod'
import { parseJson } from '../json-path.ts'
import { boundedConnections } from '../oauth/bounded-connections.ts'
import type { Door } from './door.ts'
import { type Refused, refuseRequest } from './http-guards.ts'
import { type HttpSession, openHttpSession, proofHeader } from './http-session.ts'
import { largestCall } from './largest-call.ts'
import { guardingHeaders, type Page } from './page.ts'

export interface HttpDoor {
  /** `http://127.0.0.1:port` */
  readonly origin: string
  /** Contains the token that lets a browser in; only for the person. */
  readonly url: string
  /** A URL that lets one browser in, once, within a minute. */
  ticketUrl(): string
  close(): Promise<void>
}

export interface HttpDoorOptions {
  app: Door
  page: Page
  /** 0 for any free port. */
  port: number
  /** How long an unauthenticated client may take to send a request's head (ms). */
  headTime?: number
}

const doorPath = '/door'
const changesPath = '/changes'

/** A stream of changes with this many unread bytes is ended; the browser reconnects and gets a new snapshot. */
const mostUnread = 16 * 1024 * 1024
const heartbeat = 25_000

/**
 * Time limits for a request's head and body (ms): far more than a browser needs on a machine that is twenty times too busy.
 * Floods are prevented by allowing few unauthenticated connections at a time.
 */
const limits = {
  headersTimeout: 60_000,
  requestTimeout: 5 * 60_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16 * 1024,
}

const callSchema = z.strictObject({ procedure: z.string().max(100), input: z.unknown() })

/** Serves `page` and the application on 127.0.0.1; rejects with the system's error if the port is taken. */
export async function openHttpDoor({ app, page, port, headTime }: HttpDoorOptions): Promise<HttpDoor> {
  const headersTimeout = headTime ?? limits.headersTimeout
  const server = createServer({ ...limits, headersTimeout, insecureHTTPParser: false, requireHostHeader: false })
  const connections = boundedConnections(server, headersTimeout)
  const listening = await listen(server, port)
  const session = openHttpSession(listening)
  const origin = `http://127.0.0.1:${listening}`

  /** The limits for unauthenticated connections do not apply to those that were let in. */
  const letIn = (socket: Socket) => connections.letIn(socket)

  /** Connections whose request is unanswered or was refused; further requests on them are refused unread. */
  const taken = new WeakSet<Socket>()

  const take = (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request
    if (taken.has(socket)) return refuse(response, { status: 400, why: 'The request before has no answer yet.' })
    taken.add(socket)
    response.once('finish', () => {
      if (response.getHeader('connection') !== 'close') taken.delete(socket)
    })
    const refused = refuseRequest(request, listening, doorPath)
    if (refused) return refuse(response, refused)
    answer({ app, page, session, letIn }, request, response).catch(() => response.destroy())
  }
  server.on('request', take)
  // Node would answer this itself and leave the connection open; so it passes the same checks.
  server.on('checkExpectation', take)

  return {
    origin,
    url: `${origin}/?token=${session.token}`,
    ticketUrl: () => `${origin}/?ticket=${session.issueTicket()}`,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      return closed
    },
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** What is needed to answer a request. */
interface RequestContext {
  app: HttpDoorOptions['app']
  page: Page
  session: HttpSession
  letIn(socket: Socket): void
}

async function answer(context: RequestContext, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { session, page } = context
  const url = new URL(request.url ?? '/', 'http://host.invalid')
  if (url.pathname === '/' && url.search !== '') return admit(session, url, response)
  if (url.search !== '') return refuse(response, { status: 404, why: 'There is nothing here.' })
  const inside = session.admits(request.headers.cookie)
  if (url.pathname === doorPath || url.pathname === changesPath) {
    if (!inside || !session.proves(request.headers[proofHeader])) {
      return refuse(response, { status: 401, why: 'Open the address that grantdesk serve printed.' })
    }
    context.letIn(request.socket)
    return url.pathname === doorPath ? call(context.app, request, response) : tellChanges(context.app, response)
  }
  const { status, headers, body } = page(url.pathname)
  if (status === 200 && !inside) return showUnauthorized(response)
  response.writeHead(status, { ...headers, 'content-length': body.byteLength }).end(body)
}

/** Removes the token from the address bar, and thus from the browser's history. */
function admit(session: HttpSession, url: URL, response: ServerResponse): void {
  const [[name, value] = ['', ''], ...more] = [...url.searchParams]
  const byTicket = name === 'ticket' && more.length === 0 && session.redeemTicket(value)
  const byToken = name === 'token' && more.length === 0 && session.redeemToken(value)
  if (!byTicket && !byToken) {
    showUnauthorized(response)
    return
  }
  const headers = { ...guardingHeaders, 'cache-control': 'no-store', 'set-cookie': session.cookie() }
  if (byToken) {
    response.writeHead(303, { ...headers, location: session.startPath(), 'content-length': 0 }).end()
    return
  }
  // A redirect that began at a file counts as cross-site, so the new cookie would not be sent; with a refresh by this
  // page it is.
  const refresh = `<meta http-equiv="refresh" content="0;url=${session.startPath()}">`
  const html = `<!doctype html><meta charset="utf-8"><title>Grantdesk</title>${refresh}`
  response.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' }).end(html)
}

function showUnauthorized(response: ServerResponse): void {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Grantdesk</title>
<h1>This is Grantdesk</h1>
<p>Open the address that <code>grantdesk serve</code> printed where it was started. It lets this browser in.</p>
</html>
`
  const headers = { ...guardingHeaders, 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' }
  response.writeHead(401, headers).end(html)
}

async function call(app: RequestContext['app'], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request)
  if (body === null) return refuse(response, { status: 413, why: 'The body is too large.' })
  const asked = callSchema.safeParse(parseJson(body))
  if (!asked.success) return refuse(response, { status: 400, why: 'The body is not a call.' })
  const { procedure, input } = asked.data
  const text = JSON.stringify(await app.call(procedure, input, 'tab'))
  const headers = { ...guardingHeaders, 'cache-control': 'no-store', 'content-type': 'application/json' }
  response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text)
}

/** Server-sent events, a snapshot first. */
function tellChanges(app: RequestContext['app'], response: ServerResponse): void {
  const headers = { ...guardingHeaders, 'cache-control': 'no-store', 'content-type': 'text/event-stream' }
  response.writeHead(200, headers)
  const send = (text: string) => {
    if (response.writableLength > mostUnread) response.destroy()
    else response.write(text)
  }
  const end = app.listen((change) => send(`data: ${JSON.stringify(change)}\n\n`))
  const beat = setInterval(() => send(': still here\n\n'), heartbeat)
  response.on('close', () => {
    clearInterval(beat)
    end()
  })
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largestCall) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Also closes the connection, because what follows on it cannot be trusted. */
function refuse(response: ServerResponse, { status, why, headers }: Refused): void {
  const all = {
    ...guardingHeaders,
    ...headers,
    'cache-control': 'no-store',
    'content-type': 'text/plain; charset=utf-8',
  }
  response.setHeader('connection', 'close')
  response.writeHead(status, all).end(`${why}\n`)
}
