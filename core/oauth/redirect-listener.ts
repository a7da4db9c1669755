// Waits on loopback for the authorization response: when the listener opens, how long it waits, when it closes. What it answers
// to each request is in redirect-responses.ts.
import { createServer } from 'node:http'
import type { ListeningPlace } from '../../contract/redirect-uri.ts'
import { type Problem, problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { boundedConnections } from './bounded-connections.ts'
import { listenOnLoopback } from './loopback-server.ts'
import { type ListenerEvent, respondTo } from './redirect-responses.ts'

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
/** How long the port stays open after the response (ms), so that a reload still shows a page. */
const usualLingering = 5_000

/** Listeners that have their response, by port: a new attempt takes the port over. */
const lingering = new Map<number, () => Promise<void>>()

/** Also when nobody waits any more: an answer, and another one after the first, while its page is still shown. */
function isWorthKnowing(event: ListenerEvent): boolean {
  return event.kind === 'redirect' || event.reason === 'second_answer'
}

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
  const host = port === 80 ? place.hostname : `${place.hostname}:${port}`
  const expected = { host, path: place.path, state: options.state, issuer: options.issuer }
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

  const requests = respondTo(server, connections, {
    expected,
    pageTitle: options.pageTitle,
    onEvent(event) {
      if (isWatched || isWorthKnowing(event)) options.onEvent(event)
    },
    onAnswered(parameters) {
      linger()
      resolve(parameters)
    },
  })

  return {
    port,
    answer,
    async close() {
      isWatched = false
      if (!requests.isAnswered()) await closeNow()
    },
  }
}
