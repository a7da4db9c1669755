// The only way to the network. Records each exchange before its request is sent and while the response is passed to the
// caller, enforces a deadline, and follows no redirect that could send a credential elsewhere. Throws Problem. Recorded bodies
// and parsed bodies are limited in size; streamed bodies are not.
import type { EventOf } from '../../contract/flow/event.ts'
import type {
  ExchangeFailure,
  Finding,
  Purpose,
  RecordedRequest,
  RecordedResponse,
} from '../../contract/flow/exchange.ts'
import type { Route } from '../../contract/flow/route.ts'
import type { EventOutcome } from '../../contract/flow/words.ts'
import type { RoutedFetch } from '../network/send.ts'
import { Problem } from '../problem.ts'
import { type BodyCopy, bodyText, readBounded, unlessAborted, watchedBody } from './bounded-body.ts'
import { createDeadline, type Deadline } from './deadline.ts'
import { checkedAddress, ExchangeProblem, exchangeFailure } from './network.ts'
import { recordedBytes, recordedRequest, redirected, type Sent, spelledOut } from './sent-request.ts'

export interface ExchangeOptions {
  purpose: Purpose
  to: 'authorization_server' | 'api'
  /** For `fetch`: the whole exchange; for `stream`: the head, then each piece of the body. 30 s by default. */
  deadlineMs?: number
  /** How much of the body `fetch` reads; 1 MiB by default. */
  maxBytes?: number
  /** Redirects are followed only at the API, and only within its origin. */
  allowRedirects?: false | 'same-origin'
  signal?: AbortSignal
  /** Records all requests in the event of the first, as for polling. */
  collapse?: true
}

type Facts = Omit<EventOf<'exchange'>, 'id' | 'at' | 'kind'>

/** Where exchanges are recorded. */
export interface ExchangeRecord {
  begin(facts: Facts): (change: Partial<Facts>) => void
  /** Settles when the events so far are in the flow's file, as far as the disk takes them. */
  written(): Promise<void>
  /** The recorded event of the latest exchange; `null` before the first. */
  newest(): EventOf<'exchange'> | null
}

/** Sends requests for one purpose, each recorded as an event. */
export interface Exchange {
  /** Returns after the body was read, up to `maxBytes`; for responses that the application parses. Throws Problem. */
  fetch: typeof globalThis.fetch
  /** Returns after the head; the body is streamed without a limit, and fails with a Problem. Throws Problem. */
  stream: typeof globalThis.fetch
  /** The recorded event of the latest exchange; `null` before the first. */
  recorded(): EventOf<'exchange'> | null
  /** Records what the latest response means, if its status alone would be misleading. */
  conclude(finding: Finding, outcome: Exclude<EventOutcome, 'running'>): void
}

const defaultDeadline = 30_000
const defaultMaxBytes = 1024 * 1024
const mostRedirects = 5
const truncatedResponses = new WeakSet<Response>()

/** Whether only part of this response's body was read. */
export function isTruncated(response: Response): boolean {
  return truncatedResponses.has(response)
}

interface Dependencies {
  fetch: RoutedFetch
  record: ExchangeRecord
}

export function createExchange(deps: Dependencies, options: ExchangeOptions): Exchange {
  let change: ((change: Partial<Facts>) => void) | null = null
  let attempts = 0

  function begin(request: RecordedRequest): (change: Partial<Facts>) => void {
    attempts += 1
    const begun = {
      ...{ request, response: null, outcome: 'running' as const, failure: null, finding: null, attempts },
      timing: { waiting: null, receiving: null, whole: null },
    }
    if (change !== null && options.collapse) change(begun)
    else
      change = deps.record.begin({
        purpose: options.purpose,
        to: options.to,
        ...begun,
        attempts: options.collapse ? attempts : 1,
      })
    return change
  }

  async function open(streams: boolean, input: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> {
    const text = input instanceof Request ? input.url : String(input)
    // Request would throw a TypeError that quotes the whole address.
    if (URL.parse(text) === null) checkedAddress(text)
    const sent = await spelledOut(input, init)
    const signals = [options.signal, init?.signal].filter((signal) => signal instanceof AbortSignal)
    const deadline = createDeadline(options.deadlineMs ?? defaultDeadline, signals)
    let url = sent.url
    let now: Sent = sent
    for (let hop = 0; ; hop++) {
      const hopDeps = { fetch: deps.fetch, begin, written: deps.record.written, options, deadline, streams }
      const answer = await exchangeOnce(hopDeps, url, now)
      const next = hop < mostRedirects ? redirectTarget(answer, url, options) : null
      if (next === null) return answer
      // The body is read only to be recorded.
      await readBounded(answer.body, recordedBytes, deadline.signal).catch(() => undefined)
      now = redirected(answer.status, now)
      url = next
    }
  }

  return {
    async fetch(input, init) {
      const head = await open(false, input, init)
      const read = await readBounded(head.body, options.maxBytes ?? defaultMaxBytes, new AbortController().signal)
      const response = answered(head, read.bytes)
      if (read.truncated) truncatedResponses.add(response)
      return response
    },
    stream: (input, init) => open(true, input, init),
    recorded: deps.record.newest,
    conclude: (finding, outcome) => change?.({ finding, outcome }),
  }
}

interface Hop {
  fetch: RoutedFetch
  begin(request: RecordedRequest): (change: Partial<Facts>) => void
  written(): Promise<void>
  options: ExchangeOptions
  deadline: Deadline
  /** Whether the response is recorded before its body has arrived. */
  streams: boolean
}

async function exchangeOnce({ fetch, begin, written, options, deadline, streams }: Hop, address: string, sent: Sent) {
  const change = begin(recordedRequest(sent, address))
  // A host that is killed from now on leaves a flow that says what was under way.
  await written()
  deadline.restart()
  const startedAt = performance.now()
  const since = (moment: number) => Math.round(performance.now() - moment)
  // Frees the connection if the body is not read to the end.
  const stop = new AbortController()
  let head: Response
  let route: Route | null = null
  const failureOf = (error: unknown) => failureIn(error, address, deadline, route?.proxy ?? null)
  try {
    const url = checkedAddress(address)
    deadline.signal.throwIfAborted()
    const signal = AbortSignal.any([stop.signal, deadline.signal])
    const request = { method: sent.method, headers: sent.headers, body: sent.body, redirect: 'manual' as const, signal }
    const sending = fetch(url.href, request, (way) => {
      route = way
      change({ route })
    })
    head = await unlessAborted(sending, deadline.signal)
  } catch (error) {
    deadline.pause()
    stop.abort('done')
    const failure = failureOf(error)
    change({ ...failed(failure), timing: { waiting: null, receiving: null, whole: since(startedAt) } })
    throw error instanceof Problem ? error : new ExchangeProblem(failure)
  }
  const waiting = since(startedAt)
  const headAt = performance.now()
  const refusal = redirectRefusal(head, new URL(address), options)
  const outcome: EventOutcome = head.status >= 400 || refusal ? 'failed' : 'succeeded'

  let failure: ExchangeFailure | null = null
  function ended(copy: BodyCopy) {
    deadline.pause()
    stop.abort('done')
    change({
      ...(failure ? failed(failure) : { outcome, failure: refusal }),
      response: recordedResponse(head, copy),
      // If the reader stopped reading, the time says nothing about the server.
      timing: left(copy)
        ? { waiting, receiving: null, whole: null }
        : { waiting, receiving: since(headAt), whole: since(startedAt) },
    })
  }
  const left = (copy: BodyCopy) => streams && !copy.whole && failure === null

  if (head.body === null) ended(nothing)
  else if (streams)
    change({ outcome, response: recordedResponse(head, null), timing: { waiting, receiving: null, whole: null } })
  const body =
    head.body &&
    watchedBody(head.body, {
      keepBytes: recordedBytes,
      async next(read) {
        if (streams) deadline.restart()
        try {
          return await unlessAborted(read, deadline.signal)
        } catch (error) {
          failure = failureOf(error)
          throw error instanceof Problem ? error : new ExchangeProblem(failure)
        } finally {
          if (streams) deadline.pause()
        }
      },
      // A stream may be read long after its flow ended.
      filled: (copy) => streams && change({ response: { ...recordedResponse(head, copy), size: null } }),
      ended,
    })
  if (refusal === null) return answered(head, body)
  await readBounded(body, recordedBytes, deadline.signal).catch(() => undefined)
  throw new ExchangeProblem(refusal, head.status || null)
}

const nothing: BodyCopy = { bytes: new Uint8Array(0), size: 0, whole: true }

function failed(failure: ExchangeFailure): Pick<Facts, 'outcome' | 'failure'> {
  return { outcome: failure.kind === 'cancelled' ? 'noted' : 'failed', failure }
}

function failureIn(error: unknown, address: string, deadline: Deadline, proxy: Route['proxy']): ExchangeFailure {
  const host = URL.parse(address)?.host ?? 'the server'
  if (!(error instanceof Problem) && deadline.isCancelled()) return { kind: 'cancelled' }
  if (deadline.isOver()) return { kind: 'timed_out', host, afterMs: deadline.ms }
  return exchangeFailure(error, host, proxy)
}

/** An authorization server's endpoint must not redirect, because our credentials would be sent elsewhere. */
function redirectRefusal(head: Response, url: URL, options: ExchangeOptions): ExchangeFailure | null {
  const isRedirect = head.type === 'opaqueredirect' || (head.status >= 300 && head.status < 400 && head.status !== 304)
  if (!isRedirect || options.to !== 'authorization_server') return null
  const target = URL.parse(head.headers.get('location') ?? '', url.href)
  // The server chooses the other host's name, which may contain what it was sent.
  return { kind: 'redirected', host: url.host, to: target?.hostname === url.hostname ? target.host : null }
}

function redirectTarget(answer: Response, from: string, options: ExchangeOptions): string | null {
  if (options.to !== 'api' || options.allowRedirects !== 'same-origin') return null
  if (![301, 302, 303, 307, 308].includes(answer.status)) return null
  const target = URL.parse(answer.headers.get('location') ?? '', from)
  return target !== null && target.origin === new URL(from).origin ? target.href : null
}

/** `copy` is `null` before the body has arrived. */
function recordedResponse(head: Response, copy: BodyCopy | null): RecordedResponse {
  return {
    status: head.status,
    statusText: head.statusText,
    headers: [...head.headers],
    body: copy && bodyText(copy.bytes, head.headers.get('content-type')),
    size: copy?.size ?? null,
    truncated: copy === null || !copy.whole || copy.bytes.byteLength < copy.size,
  }
}

/** The response with its body, streamed or read. */
function answered(head: Response, body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | null): Response {
  const bodiless = [101, 204, 205, 304].includes(head.status)
  const { status, statusText, headers } = head
  return new Response(bodiless ? null : body, { status, statusText, headers })
}
