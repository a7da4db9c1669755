// Waits on loopback for the authorization response. Anything else gets an error page, is recorded within limits, and changes
// nothing; floods and slow or oversized requests do no harm.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { RecordedRequest } from '../../contract/flow/exchange.ts'
import type { EventFacts } from '../flows/recording.ts'
import { type Problem, problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { boundedConnections } from './bounded-connections.ts'
import { type Page, pageHeaders, pageHtml } from './redirect-page.ts'
import { judge, serverWordsIn } from './redirect-request.ts'
import { quoted } from './refusal.ts'

/** A request to the listener: the authorization response, or a stray one. */
export type ListenerEvent = Extract<EventFacts, { kind: 'redirect' | 'stray_request' }>
type Stray = Omit<Extract<ListenerEvent, { kind: 'stray_request' }>, 'kind'>

export interface RedirectListenerOptions {
  /** `null` takes any free port. */
  port: number | null
  path: string
  state: Secret
  /** Set if the server promises `iss` in its responses. */
  issuer?: string
  closesAfterMs: number
  pageTitle?: string
  onEvent: (event: ListenerEvent) => void
}

export interface RedirectListener {
  readonly redirectUri: string
  /** The authorization response: a code or an error with our state. Rejects with `timed_out` or `cancelled`. */
  readonly answer: Promise<URLSearchParams>
  /** Stops listening; lets pages finish sending. */
  close(): Promise<void>
}

const maxHeaderBytes = 16 * 1024
const headerTimeout = 5_000
const mostStrays = 40
/** How long the port stays open after the response (ms), so that a reload still shows a page. */
const lingering = 1_000

/** Opens the listener on 127.0.0.1. Throws `conflict` if the port is taken. @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3 */
export async function openRedirectListener(options: RedirectListenerOptions): Promise<RedirectListener> {
  const server = createServer({
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: headerTimeout,
    requestTimeout: headerTimeout,
    connectionsCheckingInterval: 500,
    requireHostHeader: false,
    keepAlive: false,
  })
  const connections = boundedConnections(server, headerTimeout)
  const port = await listening(server, options.port)
  const { promise: answer, resolve, reject } = Promise.withResolvers<URLSearchParams>()
  // Nobody may be waiting for the answer when the listener is closed.
  answer.catch(() => {})
  const tellStray = boundedStrays(options.onEvent)
  const expected = { port, path: options.path, state: options.state, issuer: options.issuer }
  let answered = false
  let closing: Promise<void> | null = null

  function close(why: Problem): Promise<void> {
    clearTimeout(timer)
    reject(why)
    closing ??= connections.close()
    return closing
  }

  const tooLate = () => close(problem('timed_out', 'No answer came back from the browser in time.', 'Connect again.'))
  const timer = setTimeout(tooLate, options.closesAfterMs)

  function take(parameters: URLSearchParams, request: IncomingMessage, response: ServerResponse) {
    answered = true
    clearTimeout(timer)
    const words = serverWordsIn(parameters)
    const received = [...parameters].slice(0, mostParameters).map(bounded)
    options.onEvent({ kind: 'redirect', via: 'listener', parameters: received, ...words, request: requestOf(request) })
    // Send the page first: without the listener the person would see a connection error.
    const done = () => {
      resolve(parameters)
      setTimeout(() => close(problem('cancelled', 'The listener was closed.')), lingering).unref()
    }
    response.once('close', done)
    send(response, 200, answerPage(quoted(words)), options.pageTitle)
  }

  server.on('request', (request, response) => {
    request.resume()
    if (!connections.served(request.socket)) {
      // Ignore further requests on a connection: browsers do not pipeline, and our response belongs to the first one.
      return tellStray({ ...plain, reason: 'second_on_connection', request: requestOf(request) })
    }
    const verdict = judge(request, expected, answered)
    switch (verdict.kind) {
      case 'answer':
        return take(verdict.parameters, request, response)
      case 'replay':
        tellStray({ ...plain, reason: 'replay', status: 409, request: requestOf(request) })
        return send(response, 409, replayPage, options.pageTitle)
      case 'favicon':
        return send(response, 404, null)
      case 'stray':
        tellStray({
          reason: verdict.reason,
          status: verdict.status,
          ...verdict.words,
          request: requestOf(request),
        })
        return send(response, verdict.status, strayPage(quoted(verdict.words)), options.pageTitle)
    }
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const status = unreadable[error.code ?? ''] ?? '400 Bad Request'
    if (error.code !== 'ECONNRESET') {
      tellStray({ ...plain, reason: 'unreadable', status: Number(status.slice(0, 3)) })
    }
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    else socket.destroy()
  })

  return {
    redirectUri: `http://127.0.0.1:${port}${options.path}`,
    answer,
    close: () => close(problem('cancelled', 'This was cancelled before an answer came.')),
  }
}

const unreadable: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

function listening(server: Server, port: number | null): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return reject(error)
      const why = error.code === 'EACCES' ? 'may not be used by this program' : 'is in use by another program'
      const remedy = 'Close that program, or choose another port and register the new redirect URI at the service.'
      reject(problem('conflict', `Port ${port} on this machine ${why}.`, remedy))
    })
    server.listen({ host: '127.0.0.1', port: port ?? 0, exclusive: true }, () => {
      server.removeAllListeners('error')
      server.on('error', () => {})
      resolve((server.address() as AddressInfo).port)
    })
  })
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
  const allow = status === 405 ? { allow: 'GET' } : {}
  response.writeHead(status, { ...pageHeaders, ...allow, 'content-length': Buffer.byteLength(html) })
  response.end(html)
}

function answerPage(words: string | null): Omit<Page, 'title'> {
  if (words === null) {
    return { heading: 'Grantdesk has the answer', text: 'You can close this tab.' }
  }
  const text = 'Grantdesk has this answer too; you can close this tab.'
  return { heading: 'The authorization server said no', quote: words, text }
}

const replayPage = { heading: 'Grantdesk already has this answer', text: 'You can close this tab.' }

function strayPage(quote: string | null): Omit<Page, 'title'> {
  return {
    heading: 'This is not the answer that Grantdesk waits for',
    quote,
    text: 'Nothing was changed. Grantdesk goes on waiting; start again from Grantdesk if this came from your consent.',
  }
}
