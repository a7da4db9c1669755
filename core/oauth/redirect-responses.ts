// What the redirect listener answers: the authorization response is taken once. Anything else gets an error page, is recorded within
// limits, and changes nothing; floods and slow or oversized requests do no harm.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { EventOf } from '../../contract/flow/event.ts'
import type { RecordedRequest } from '../../contract/flow/exchange.ts'
import type { BoundedConnections } from './bounded-connections.ts'
import { type Page, pageHeaders, pageHtml } from './redirect-page.ts'
import { type Expected, judge, serverWordsIn } from './redirect-request.ts'
import { quoted } from './refusal.ts'
import { boundedStrays, longestValue, plainStray, recordedParameters } from './stray-requests.ts'

/** A request to the listener: the authorization response, or a stray one. */
export type ListenerEvent = Omit<EventOf<'redirect'>, 'id' | 'at'> | Omit<EventOf<'stray_request'>, 'id' | 'at'>

interface Responding {
  expected: Expected
  pageTitle: string | undefined
  onEvent(event: ListenerEvent): void
  /** The authorization response came, and its page was sent. */
  onAnswered(parameters: URLSearchParams): void
}

/** Responds to the requests of `server` from now on. */
export function respondTo(
  server: Server,
  connections: Pick<BoundedConnections, 'served'>,
  { expected, pageTitle, onEvent, onAnswered }: Responding,
): { isAnswered(): boolean } {
  const recordStray = boundedStrays(onEvent)
  let taken: URLSearchParams | null = null

  function take(parameters: URLSearchParams, request: IncomingMessage, response: ServerResponse) {
    taken = parameters
    const words = serverWordsIn(parameters)
    const received = recordedParameters(parameters)
    onEvent({ kind: 'redirect', via: 'listener', parameters: received, ...words, request: requestOf(request) })
    // Send the page first: without the listener the person would see a connection error.
    response.once('close', () => onAnswered(parameters))
    send(response, 200, answerPage(quoted(words)), pageTitle)
  }

  /** The same answer gets its page again; another one is refused. */
  function repeat(before: URLSearchParams, parameters: URLSearchParams, request: IncomingMessage) {
    const isSame = ['code', 'error'].every((name) => before.get(name) === parameters.get(name))
    const status = isSame ? 200 : 409
    recordStray({ ...plainStray, reason: isSame ? 'replay' : 'second_answer', status, request: requestOf(request) })
    return { status, page: isSame ? answerPage(quoted(serverWordsIn(before))) : replayPage }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const verdict = await judge(request, expected)
    switch (verdict.kind) {
      case 'answer': {
        if (taken === null) return take(verdict.parameters, request, response)
        const { status, page } = repeat(taken, verdict.parameters, request)
        return send(response, status, page, pageTitle)
      }
      case 'favicon':
        return send(response, 404, null)
      case 'empty':
        recordStray({ ...plainStray, reason: 'empty', status: 400, request: requestOf(request) })
        return send(response, 400, { ...strayPage(null), readsFragment: true }, pageTitle)
      case 'stray':
        recordStray({
          reason: verdict.reason,
          status: verdict.status,
          ...verdict.words,
          request: requestOf(request),
        })
        return send(response, verdict.status, strayPage(quoted(verdict.words)), pageTitle)
    }
  }

  server.on('request', (request, response) => {
    if (!connections.served(request.socket)) {
      request.resume()
      // Ignore further requests on a connection: browsers do not pipeline, and our response belongs to the first one.
      return recordStray({ ...plainStray, reason: 'second_on_connection', request: requestOf(request) })
    }
    // A form whose connection ended before all of it came: there is nobody to answer.
    serve(request, response).catch(() => request.socket.destroy())
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const { status, page } = unreadable[error.code ?? ''] ?? { status: '400 Bad Request', page: null }
    if (error.code !== 'ECONNRESET') {
      recordStray({ ...plainStray, reason: 'unreadable', status: Number(status.slice(0, 3)) })
    }
    if (!socket.writable) return socket.destroy()
    socket.end(rawAnswer(status, page, pageTitle))
    // What still comes is read and forgotten: otherwise the browser would be told of a reset, not shown the page.
    socket.resume()
  })

  return { isAnswered: () => taken !== null }
}

const tooMuch = {
  heading: 'The browser sent more than Grantdesk can take',
  text: 'Usually these are the cookies of other programs on this machine. Copy the address of this page and paste it into Grantdesk; it goes on waiting.',
}

const unreadable: Record<string, { status: string; page: Omit<Page, 'title'> | null }> = {
  HPE_HEADER_OVERFLOW: { status: '431 Request Header Fields Too Large', page: tooMuch },
  ERR_HTTP_REQUEST_TIMEOUT: { status: '408 Request Timeout', page: null },
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
