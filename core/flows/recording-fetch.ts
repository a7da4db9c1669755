// The one way to the network: a fetch that puts down each exchange, ends in time, reads no more than it must, and
// follows no redirect that could carry a credential elsewhere. Its failures are Problems.
import type { Step } from '../../contract/flow.ts'
import { Problem, problem } from '../problem.ts'
import { type BoundedBody, bodyText, readBounded, unlessAborted } from './bounded-body.ts'
import { checkedAddress, networkProblem, timedOut } from './network.ts'

export interface FetchOptions {
  title: string
  to: 'authorization_server' | 'api'
  /** Covers connection, headers and body; 30 s where absent. */
  deadlineMs?: number
  /** The rest of a longer body is not read; 1 MiB where absent. */
  maxBytes?: number
  /** Followed for the API only, and only within its origin. */
  allowRedirects?: false | 'same-origin'
  signal?: AbortSignal
}

/** How a step ends. */
export interface StepEnd {
  outcome: 'succeeded' | 'failed' | 'noted'
  note?: string
  response?: Step['response']
}

export interface Exchange {
  begin(to: FetchOptions['to'], title: string, request: NonNullable<Step['request']>): string
  end(id: string, change: StepEnd): void
}

const defaultDeadline = 30_000
const defaultMaxBytes = 1024 * 1024
const mostRedirects = 5
const truncatedResponses = new WeakSet<Response>()

/** Whether the body of this response was longer than what was read of it. */
export function isTruncated(response: Response): boolean {
  return truncatedResponses.has(response)
}

interface Sent {
  method: string
  headers: [string, string][]
  body: string | Uint8Array<ArrayBuffer> | null
}

/** What a fetch call is about to send, spelled out as the platform would. */
async function spelledOut(input: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Sent & { url: string }> {
  const request = sendable(input, init)
  const bytes = request.body === null ? null : new Uint8Array(await request.arrayBuffer())
  const headers = [...request.headers]
  return { url: request.url, method: request.method, headers, body: bytes }
}

/** Throws `not_supported`: the platform's own exception would quote the header, and with it the token. */
function sendable(input: Parameters<typeof fetch>[0], init?: RequestInit): Request {
  try {
    return new Request(input, { ...init, redirect: 'manual', signal: null })
  } catch {
    throw problem(
      'not_supported',
      'This request cannot be sent: its address or one of its headers, such as the one with the token, holds what HTTP cannot carry.',
      'Connect again for another token; if that does not help, tell whoever runs the service.',
    )
  }
}

/** A fetch for one purpose. */
export function recordingFetch(
  deps: { fetch: typeof globalThis.fetch; exchange: Exchange },
  options: FetchOptions,
): typeof globalThis.fetch {
  return async (input, init) => {
    const text = input instanceof Request ? input.url : String(input)
    // Request would throw a TypeError that quotes the whole address.
    if (URL.parse(text) === null) checkedAddress(text)
    const sent = await spelledOut(input, init)
    const signals = [options.signal, init?.signal].filter((signal) => signal instanceof AbortSignal)
    // By a clock that nobody sets: one that is set back must not keep a request waiting.
    const deadline = performance.now() + (options.deadlineMs ?? defaultDeadline)
    let url = sent.url
    let now: Sent = sent
    for (let hop = 0; ; hop++) {
      const answer = await exchangeOnce(deps, options, url, now, signals, deadline)
      const next = hop < mostRedirects ? redirectTarget(answer, url, options) : null
      if (next === null) return answer
      now = redirected(answer.status, now)
      url = next
    }
  }
}

async function exchangeOnce(
  { fetch, exchange }: { fetch: typeof globalThis.fetch; exchange: Exchange },
  options: FetchOptions,
  address: string,
  sent: Sent,
  signals: AbortSignal[],
  deadline: number,
): Promise<Response> {
  const contentType = sent.headers.find(([name]) => name === 'content-type')?.[1] ?? null
  const body = sent.body === null || typeof sent.body === 'string' ? sent.body : bodyText(sent.body, contentType)
  const id = exchange.begin(options.to, options.title, {
    method: sent.method,
    url: address,
    headers: sent.headers,
    body,
  })
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort('deadline'), Math.max(0, deadline - performance.now()))
  const signal = AbortSignal.any([stop.signal, ...signals])
  let head: Response | null = null
  let ended = false
  try {
    const url = checkedAddress(address)
    signal.throwIfAborted()
    head = await unlessAborted(
      fetch(url.href, { method: sent.method, headers: sent.headers, body: sent.body, redirect: 'manual', signal }),
      signal,
    )
    const read = await readBounded(head.body, options.maxBytes ?? defaultMaxBytes, signal)
    const response = recordedResponse(head, read)
    const refusal = redirectRefusal(head, url, options)
    ended = true
    exchange.end(id, {
      outcome: head.status >= 400 || refusal ? 'failed' : 'succeeded',
      response,
      note: refusal?.message,
    })
    if (refusal) throw refusal
    return rebuilt(head, read)
  } catch (error) {
    const found = asProblem(error, address, stop.signal, signals, options)
    const outcome = found.failure.kind === 'cancelled' ? 'noted' : 'failed'
    // What came of the answer before its body failed is worth seeing.
    if (!ended) exchange.end(id, { outcome, note: found.message, response: head ? recordedResponse(head, null) : null })
    throw found
  } finally {
    clearTimeout(timer)
    // Frees the connection of a body that was not read to its end.
    stop.abort('done')
  }
}

function asProblem(error: unknown, address: string, own: AbortSignal, signals: AbortSignal[], options: FetchOptions) {
  if (error instanceof Problem) return error
  const host = URL.parse(address)?.host ?? 'the server'
  if (signals.some((signal) => signal.aborted)) return problem('cancelled', 'This was cancelled.')
  if (own.reason === 'deadline') return timedOut(host, options.deadlineMs ?? defaultDeadline)
  return networkProblem(error, host)
}

/** An authorization server's endpoints answer; one that redirects would have our credentials sent elsewhere. */
function redirectRefusal(head: Response, url: URL, options: FetchOptions): Problem | null {
  const isRedirect = head.type === 'opaqueredirect' || (head.status >= 300 && head.status < 400 && head.status !== 304)
  if (!isRedirect || options.to !== 'authorization_server') return null
  const target = URL.parse(head.headers.get('location') ?? '', url.href)
  // Another host's name is the server's to choose, and may be made of what it was sent.
  return new Problem({
    kind: 'unexpected_answer',
    message: `${url.host} answered with a redirect${target?.hostname === url.hostname ? ` to ${target.host}` : ' to another host'} instead of an answer; it was not followed.`,
    remedy: 'Check the address of the endpoint, its http or https, and its trailing slash.',
    status: head.status || null,
  })
}

function redirectTarget(answer: Response, from: string, options: FetchOptions): string | null {
  if (options.to !== 'api' || options.allowRedirects !== 'same-origin') return null
  if (![301, 302, 303, 307, 308].includes(answer.status)) return null
  const target = URL.parse(answer.headers.get('location') ?? '', from)
  return target !== null && target.origin === new URL(from).origin ? target.href : null
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-15.4 */
function redirected(status: number, sent: Sent): Sent {
  const keeps = status === 307 || status === 308 || sent.method === 'GET' || sent.method === 'HEAD'
  if (keeps) return sent
  return { method: 'GET', headers: sent.headers.filter(([name]) => !name.startsWith('content-')), body: null }
}

function recordedResponse(head: Response, read: BoundedBody | null): NonNullable<Step['response']> {
  const body = read && bodyText(read.bytes, head.headers.get('content-type'))
  const truncated = read === null || read.truncated
  return { status: head.status, statusText: head.statusText, headers: [...head.headers], body, truncated }
}

/** The same answer with a body that is already here. */
function rebuilt(head: Response, { bytes, truncated }: BoundedBody): Response {
  const bodiless = [101, 204, 205, 304].includes(head.status)
  const response = new Response(bodiless ? null : bytes, {
    status: head.status,
    statusText: head.statusText,
    headers: head.headers,
  })
  if (truncated) truncatedResponses.add(response)
  return response
}
