// Waits on loopback for one answer of the authorization server, the right one. Everything else is answered politely,
// noted within bounds, and changes nothing; floods, slow and oversized requests cost others only.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type Problem, problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { boundedConnections } from './bounded-connections.ts'
import { type Page, pageHeaders, pageHtml } from './redirect-page.ts'
import { judge, serverWordsIn } from './redirect-request.ts'

export interface RedirectNote {
  title: string
  note: string
  request?: { method: string; url: string; headers: [string, string][] }
  /** The words of an error that nothing proves to be the server's. */
  words?: string
  /** `succeeded` and `failed` for the answer itself, `noted` for what was ignored. */
  outcome: 'noted' | 'succeeded' | 'failed'
}

export interface RedirectListenerOptions {
  /** `null` takes any free port. */
  port: number | null
  path: string
  state: Secret
  /** Given where the server promises `iss` in its answers. */
  issuer?: string
  closesAfterMs: number
  pageTitle?: string
  note: (what: RedirectNote) => void
}

export interface RedirectListener {
  readonly redirectUri: string
  /** The right answer: a code or an error with our state. Rejects with `timed_out` or `cancelled`. */
  readonly answer: Promise<URLSearchParams>
  /** Stops listening; a page that is being sent is sent to its end. */
  close(): Promise<void>
}

const maxHeaderBytes = 16 * 1024
const headerTimeout = 5_000
const mostNotes = 40
/** After the answer a reload still finds a page; then the port is free. */
const lingering = 1_000

/** Opens the listener on 127.0.0.1. Throws `conflict` where the port is taken. @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3 */
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
  // Whoever closes the listener need not be waiting for the answer.
  answer.catch(() => {})
  const note = boundedNotes(options.note)
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
    note({
      title: words === null ? 'The browser came back with a code' : 'The browser came back with an error',
      note: words ?? '',
      request: requestOf(request),
      outcome: words === null ? 'succeeded' : 'failed',
    })
    // The page first: with the listener gone the person would see a connection error.
    const done = () => {
      resolve(parameters)
      setTimeout(() => close(problem('cancelled', 'The listener was closed.')), lingering).unref()
    }
    response.once('close', done)
    send(response, 200, answerPage(words), options.pageTitle)
  }

  server.on('request', (request, response) => {
    request.resume()
    if (!connections.served(request.socket)) {
      // Nothing that follows on a connection is looked at: no browser sends two requests at once, and an answer of ours
      // belongs to the first alone.
      return note({ title: 'A second request on one connection was ignored', note: 'Each connection has one answer.' })
    }
    const verdict = judge(request, expected, answered)
    switch (verdict.kind) {
      case 'answer':
        return take(verdict.parameters, request, response)
      case 'replay':
        note({ title: 'The same answer came again', note: 'It was not used again.', request: requestOf(request) })
        return send(response, 409, replayPage, options.pageTitle)
      case 'favicon':
        return send(response, 404, null)
      case 'stray':
        note({ title: verdict.title, note: verdict.note, words: verdict.quote, request: requestOf(request) })
        return send(response, verdict.status, strayPage(verdict.quote), options.pageTitle)
    }
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const status = unreadable[error.code ?? ''] ?? '400 Bad Request'
    if (error.code !== 'ECONNRESET') {
      note({ title: 'An unreadable request was ignored', note: `It was answered with ${status}.` })
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

/** A flood must not fill the flow: the first ones are noted, then one that says so. */
function boundedNotes(note: (what: RedirectNote) => void) {
  let strays = 0
  return (what: Omit<RedirectNote, 'outcome'> & { outcome?: RedirectNote['outcome'] }) => {
    if (what.outcome !== undefined) return note({ ...what, outcome: what.outcome })
    strays++
    if (strays < mostNotes) note({ ...what, outcome: 'noted' })
    else if (strays === mostNotes) {
      note({ title: 'Many more requests were ignored', note: 'They are no longer noted.', outcome: 'noted' })
    }
  }
}

function requestOf(request: IncomingMessage): RedirectNote['request'] {
  const { rawHeaders } = request
  const headers = rawHeaders.flatMap((name, at): [string, string][] =>
    at % 2 === 0 && at < 80 ? [[name, (rawHeaders[at + 1] ?? '').slice(0, 1000)]] : [],
  )
  return { method: request.method ?? '', url: (request.url ?? '').slice(0, 4000), headers }
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

function strayPage(quote?: string): Omit<Page, 'title'> {
  return {
    heading: 'This is not the answer that Grantdesk waits for',
    quote,
    text: 'Nothing was changed. Grantdesk goes on waiting; start again from Grantdesk if this came from your consent.',
  }
}
