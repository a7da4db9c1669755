// Waits on loopback for the authorization response. Anything else gets an error page, is recorded within limits, and changes
// nothing; floods and slow or oversized requests do no harm.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { EventOf } from '../../contract/flow/event.ts'
import type { RecordedRequest } from '../../contract/flow/exchange.ts'
import type { ListeningPlace } from '../../contract/redirect-uri.ts'
import { type Problem, problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { boundedConnections } from './bounded-connections.ts'
import { listenOnLoopback } from './loopback-server.ts'
import { type Page, pageHeaders, pageHtml } from './redirect-page.ts'
import { judge, serverWordsIn } from './redirect-request.ts'
import { quoted } from './refusal.ts'

/** A request to the listener: the authorization response, or a stray one. */
export type ListenerEvent = Omit<EventOf<'redirect'>, 'id' | 'at'> | Omit<EventOf<'stray_request'>, 'id' | 'at'>
type Stray = Omit<Extract<ListenerEvent, { kind: 'stray_request' }>, 'kind'>

export interface RedirectListenerOptions {
  place: Pick<ListeningPlace, 'hostname' | 'path'> & {
    /** `null` takes any free port. */
    port: number | null
  }
  state: Secret
  /** Set if the server promises `iss` in its responses. */
  issuer?: string
  closesAfterMs: number
  /** How long the page is still shown after the response, to a reload or a prefetch (ms). */
  lingersForMs?: number
  pageTitle?: string
  onEvent: (event: ListenerEvent) => void
}

export interface RedirectListener {
  readonly port: number
  /** The authorization response: a code or an error with our state. Rejects with `timed_out` or `cancelled`. */
  readonly answer: Promise<URLSearchParams>
  /** Stops listening and lets pages finish sending; once the response has come, only after it lingered. */
  close(): Promise<void>
}

/** Browsers send the cookies of every server on this machine along: 64 kB of them, beside a long code. */
const maxHeaderBytes = 128 * 1024
const headerTimeout = 5_000
const mostStrays = 40
/** How long the port stays open after the response (ms), so that a reload still shows a page. */
const usualLingering = 5_000

/** Listeners that have their response, by port: a new attempt takes the port over. */
const lingering = new Map<number, () => Promise<void>>()

/** Opens the listener on this machine alone. Throws `conflict` if the port is taken. @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3 */
export async function openRedirectListener(options: RedirectListenerOptions): Promise<RedirectListener> {
  const { place, lingersForMs = usualLingering } = options
  const server = createServer({
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: headerTimeout,
    requestTimeout: headerTimeout,
    connectionsCheckingInterval: 500,
    requireHostHeader: false,
    keepAlive: false,
  })
  const connections = boundedConnections(server, headerTimeout)
  if (place.port !== null) await lingering.get(place.port)?.()
  const listening = await listenOnLoopback(server, place.hostname, place.port)
  const { port } = listening
  const { promise: answer, resolve, reject } = Promise.withResolvers<URLSearchParams>()
  // Nobody may be waiting for the answer when the listener is closed.
  answer.catch(() => {})
  let isWatched = true
  const recordStray = boundedStrays((event) => {
    if (isWatched) options.onEvent(event)
  })
  const host = port === 80 ? place.hostname : `${place.hostname}:${port}`
  const expected = { host, path: place.path, state: options.state, issuer: options.issuer }
  let taken: URLSearchParams | null = null
  let closing: Promise<void> | null = null

  function close(why: Problem): Promise<void> {
    clearTimeout(timer)
    reject(why)
    if (lingering.get(port) === closeNow) lingering.delete(port)
    if (closing === null) listening.close()
    closing ??= connections.close()
    return closing
  }

  const closeNow = () => close(problem('cancelled', 'This was cancelled before an answer came.'))
  const tooLate = () => close(problem('timed_out', 'No answer came back from the browser in time.', 'Connect again.'))
  const timer = setTimeout(tooLate, options.closesAfterMs)

  function linger() {
    clearTimeout(timer)
    lingering.set(port, closeNow)
    listening.unref()
    setTimeout(closeNow, lingersForMs).unref()
  }

  function take(parameters: URLSearchParams, request: IncomingMessage, response: ServerResponse) {
    taken = parameters
    const words = serverWordsIn(parameters)
    const received = [...parameters].slice(0, mostParameters).map(bounded)
    options.onEvent({ kind: 'redirect', via: 'listener', parameters: received, ...words, request: requestOf(request) })
    // Send the page first: without the listener the person would see a connection error.
    response.once('close', () => {
      linger()
      resolve(parameters)
    })
    send(response, 200, answerPage(quoted(words)), options.pageTitle)
  }

  /** The same answer gets its page again; another one is refused. */
  function repeat(before: URLSearchParams, parameters: URLSearchParams, request: IncomingMessage) {
    const isSame = ['code', 'error'].every((name) => before.get(name) === parameters.get(name))
    const status = isSame ? 200 : 409
    recordStray({ ...plain, reason: isSame ? 'replay' : 'second_answer', status, request: requestOf(request) })
    return { status, page: isSame ? answerPage(quoted(serverWordsIn(before))) : replayPage }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const verdict = await judge(request, expected)
    switch (verdict.kind) {
      case 'answer': {
        if (taken === null) return take(verdict.parameters, request, response)
        const { status, page } = repeat(taken, verdict.parameters, request)
        return send(response, status, page, options.pageTitle)
      }
      case 'favicon':
        return send(response, 404, null)
      case 'empty':
        recordStray({ ...plain, reason: 'empty', status: 400, request: requestOf(request) })
        return send(response, 400, { ...strayPage(null), readsFragment: true }, options.pageTitle)
      case 'stray':
        recordStray({
          reason: verdict.reason,
          status: verdict.status,
          ...verdict.words,
          request: requestOf(request),
        })
        return send(response, verdict.status, strayPage(quoted(verdict.words)), options.pageTitle)
    }
  }

  server.on('request', (request, response) => {
    if (!connections.served(request.socket)) {
      request.resume()
      // Ignore further requests on a connection: browsers do not pipeline, and our response belongs to the first one.
      return recordStray({ ...plain, reason: 'second_on_connection', request: requestOf(request) })
    }
    // A form whose connection ended before all of it came: there is nobody to answer.
    serve(request, response).catch(() => request.socket.destroy())
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const { status, page } = unreadable[error.code ?? ''] ?? { status: '400 Bad Request', page: null }
    if (error.code !== 'ECONNRESET') {
      recordStray({ ...plain, reason: 'unreadable', status: Number(status.slice(0, 3)) })
    }
    if (!socket.writable) return socket.destroy()
    socket.end(rawAnswer(status, page, options.pageTitle))
    // What still comes is read and forgotten: otherwise the browser would be told of a reset, not shown the page.
    socket.resume()
  })

  return {
    port,
    answer,
    async close() {
      isWatched = false
      if (taken === null) await closeNow()
    },
  }
}

const tooMuch = {
  heading: 'The browser sent more than Grantdesk can take',
  text: 'Usually these are the cookies of other programs on this machine. Copy the address of this page and paste it into Grantdesk; it goes on waiting.',
}

const unreadable: Record<string, { status: string; page: Omit<Page, 'title'> | null }> = {
  HPE_HEADER_OVERFLOW: { status: '431 Request Header Fields Too Large', page: tooMuch },
  ERR_HTTP_REQUEST_TIMEOUT: { status: '408 Request Timeout', page: null },
}

/** The facts of a stray request, empty by default. */
const plain = { request: null, status: null, error: null, errorDescription: null }

/** Records only the first stray requests, then one event that there were more, so that a flood cannot fill the flow. */
function boundedStrays(onEvent: RedirectListenerOptions['onEvent']) {
  let strays = 0
  return (stray: Stray) => {
    strays++
    if (strays < mostStrays) onEvent({ kind: 'stray_request', ...stray })
    else if (strays === mostStrays) onEvent({ kind: 'stray_request', ...plain, reason: 'too_many' })
  }
}

/** How many parameters of a response are recorded, and how much of each. */
const mostParameters = 60
const longestValue = 4000

function bounded([name, value]: [string, string]): [string, string] {
  return [name.slice(0, longestValue), value.slice(0, longestValue)]
}

function requestOf(request: IncomingMessage): RecordedRequest {
  const { rawHeaders } = request
  const headers = rawHeaders.flatMap((name, at): [string, string][] =>
    at % 2 === 0 && at < 80 ? [[name, (rawHeaders[at + 1] ?? '').slice(0, 1000)]] : [],
  )
  const url = (request.url ?? '').slice(0, longestValue)
  return { method: request.method ?? '', url, headers, body: null, truncated: false }
}

function send(response: ServerResponse, status: number, page: Omit<Page, 'title'> | null, title = 'Grantdesk') {
  const html = page === null ? '' : pageHtml({ title, ...page })
  const allow = status === 405 ? { allow: 'GET, POST' } : {}
  const headers = pageHeaders(page?.readsFragment)
  response.writeHead(status, { ...headers, ...allow, 'content-length': Buffer.byteLength(html) })
  response.end(html)
}

/** A response to what could not be read as a request. */
function rawAnswer(status: string, page: Omit<Page, 'title'> | null, title = 'Grantdesk'): string {
  const html = page === null ? '' : pageHtml({ title, ...page })
  const headers = Object.entries({ ...pageHeaders(), 'content-length': String(Buffer.byteLength(html)) })
  return `HTTP/1.1 ${status}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${html}`
}

function answerPage(words: string | null): Omit<Page, 'title'> {
  if (words === null) {
    return { heading: 'Grantdesk has the answer', text: 'You can close this tab.' }
  }
  const text = 'Grantdesk has this answer too; you can close this tab.'
  return { heading: 'The authorization server said no', quote: words, text }
}

const replayPage = { heading: 'Grantdesk already has another answer', text: 'You can close this tab.' }

function strayPage(quote: string | null): Omit<Page, 'title'> {
  return {
    heading: 'This is not the answer that Grantdesk waits for',
    quote,
    text: 'Nothing was changed. Grantdesk goes on waiting; start again from Grantdesk if this came from your consent.',
  }
}
