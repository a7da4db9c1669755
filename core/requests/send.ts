// Test requests with a connection's token. What comes back is shown as it came, but for known secrets, which are pseudonyms.
import type { Caller } from '../../contract/connection.ts'
import { type AnswerPiece, headerBeforeToken, type RequestInput, type RequestResult } from '../../contract/request.ts'
import { refusalInWords } from '../api/api-refusal.ts'
import { resolveRequest } from '../api/resolve.ts'
import type { Context } from '../connections/context.ts'
import { isAccepted, isGood, type Question } from '../connections/identify.ts'
import type { Refresher } from '../connections/refresh.ts'
import { secretsOf } from '../connections/secrets-of.ts'
import { bearerHeader } from '../connections/token-placement.ts'
import { inFlow } from '../flows/in-flow.ts'
import type { CheckFacts, Recording } from '../flows/recording.ts'
import type { Exchange } from '../flows/recording-fetch.ts'
import { internalFailure } from '../internal-failure.ts'
import { Problem, problem } from '../problem.ts'
import type { ConnectionRecord } from '../records.ts'
import { isAbsolute } from '../services/addresses.ts'
import type { AnswerBody } from './answer-body.ts'
import { createKeptAnswers } from './kept-answers.ts'
import { formatOf, header, rateLimitOf } from './read-answer.ts'
import { createSecondTry } from './second-try.ts'
import { shownAnswer } from './shown-answer.ts'

/** An expired access token is refreshed before the request. */
const freshFor = 5_000

/** A token that the service has said within this time (ms) to know is known to it. */
const knownFor = 60_000

const nobody =
  'The service answered as it answers anybody: it does not know this token, and what you see is what is public.'

export interface Requests {
  send(input: RequestInput, caller: Caller): Promise<RequestResult>
  /** A piece of the body of an answer that is still kept. */
  read(input: { key: string; at: number }): Promise<AnswerPiece>
  /** All of it, piece by piece. Throws `not_found`. */
  pieces(key: string): AsyncIterable<Uint8Array>
  cancel(key: string): void
  /** Ends what is under way, and forgets what was answered. */
  cancelAll(): void
}

/** One request as it was answered. */
interface Sent {
  result: RequestResult
  /** The connection as it was when the request was sent. */
  record: ConnectionRecord
  /** Whether what was answered is said of the connection's token. */
  isOurs: boolean
}

export function createRequests(context: Context, refresher: Refresher): Requests {
  const { connections, services, flows, history, clock, log } = context
  const underWay = new Map<string, AbortController>()
  /** When a token of each connection, named by when it was obtained, was last proven to be known. */
  const proofs = new Map<string, { at: number; obtainedAt: number }>()

  const answers = createKeptAnswers()
  const secondTry = createSecondTry(context, refresher)

  async function exchange(input: RequestInput, recording: Recording, caller: Caller, signal: AbortSignal) {
    const { result, record, isOurs } = await once(input, recording, signal)
    const { status } = result
    const headers = { get: (name: string) => header(result.headers, name) }
    const again = isOurs && (await secondTry.isWorthIt({ input, record, status, headers, caller, recording }))
    return again && !signal.aborted ? (await once(input, recording, signal)).result : result
  }

  async function once(input: RequestInput, recording: Recording, signal: AbortSignal): Promise<Sent> {
    const record = connections.record(input.connectionId)
    const service = services.find(record.serviceId)
    const { accessToken } = await connections.tokens(input.connectionId)
    // It may be newer than those that were hidden at the beginning.
    recording.hide(accessToken, 'access_token')
    const bearer = bearerHeader(service, record, accessToken)
    const { url, headers, carriesToken } = resolveRequest({ ...input, service, record, bearer })
    const purpose = { kind: 'api_request' as const }
    const exchange = recording.exchange({ purpose, to: 'api', allowRedirects: 'same-origin', signal })
    const bodyless = input.method === 'GET' || input.method === 'HEAD'
    const response = await exchange.stream(url, {
      method: input.method,
      headers,
      body: bodyless ? undefined : input.body,
    })
    const headAt = performance.now()
    const shown = await shownAnswer(response, recording)
    const receiving = Math.round(performance.now() - headAt)
    answers.keep(input.key, shown.body)
    const recorded = recordedIn(exchange)
    const typed = input.headers.map(([name]) => name)
    // What another key in the request was answered says nothing about this token.
    const isOurs = carriesToken && headerBeforeToken(service, { header: bearer[0] }, typed) === null
    const question = { service, record, accessToken, recording, signal }
    const known = isOurs && response.ok ? await isKnown(input.connectionId, question) : null
    // The answer is here: what cannot be written about it does not take it away, and must not invite to ask again.
    const written =
      known === null
        ? null
        : known
          ? refresher.confirmRefresh(input.connectionId, accessToken)
          : refuse(input.connectionId)
    await written?.catch((error: unknown) => error instanceof Problem || internalFailure(error, log))
    const asNobody = known === false
    const { headers: answered, statusText } = recorded.response
    const { text: body } = shown
    const rateLimit = rateLimitOf(answered, clock.now())
    const opensIn = rateLimit?.resetsAt ? rateLimit.resetsAt - clock.now() : null
    const named = { get: (name: string) => header(answered, name) }
    const result: RequestResult = {
      flowId: recording.id,
      url: recorded.request.url,
      status: response.status,
      statusText,
      ms: (recorded.timing.waiting ?? 0) + receiving,
      headers: answered,
      body,
      size: shown.body.size(),
      truncated: shown.hasMore,
      format: shown.isBinary ? 'binary' : formatOf(header(answered, 'content-type'), body),
      rateLimit,
      explanation: asNobody ? nobody : refusalInWords({ status: response.status, headers: named, body, opensIn }),
    }
    return { result, record, isOurs }
  }

  /**
   * Whether the service knows the token by which it answered; `null` where that cannot be told. A public answer proves
   * nothing where an unknown token counts as nobody's: then the API is asked who it is, and its answer holds for a while.
   */
  async function isKnown(id: string, question: Question): Promise<boolean | null> {
    const { service, record } = question
    if (!service.anonymous) return true
    const proof = proofs.get(id)
    const holds = proof?.obtainedAt === record.obtainedAt && clock.now() - proof.at < knownFor
    if (holds && record.status.kind === 'good') return true
    const purpose = { kind: 'token_check' as const, after: 'api_request' as const }
    const answer = await isAccepted({ ...question, purpose }).catch(ifUnanswered)
    const status = answer?.status ?? null
    if (isGood(status)) proofs.set(id, { at: clock.now(), obtainedAt: record.obtainedAt })
    const isKnownNow = isGood(status) ? true : status === 401 ? false : null
    question.recording.check({ which: 'token_known', found: status, ...knownWhere(isKnownNow) })
    return isKnownNow
  }

  async function refuse(id: string): Promise<void> {
    const failure = new Problem({
      kind: 'refused',
      message: nobody,
      remedy: 'Refresh the connection, or reconnect it.',
      by: 'api',
      status: 401,
      error: null,
      errorDescription: null,
    }).failure
    await connections.update(id, { status: { kind: 'needs_attention', since: clock.now(), failure } })
  }

  return {
    async send(input, caller) {
      const record = connections.record(input.connectionId)
      const { name, serviceId } = record
      // What is refused here sends nothing, and is no flow.
      resolveRequest({ ...input, service: services.find(serviceId), record, bearer: ['Authorization', ''] })
      if (underWay.has(input.key)) throw problem('conflict', 'A request with this key is still under way.')
      const controller = new AbortController()
      underWay.set(input.key, controller)
      try {
        await refresher.ensureFresh(input.connectionId, freshFor, caller)
        const path = pathOf(input.path)
        const recording = flows.start({
          kind: 'request',
          about: { connection: name, method: input.method, path },
          serviceId,
          connectionId: input.connectionId,
          hide: await secretsOf(context, input.connectionId),
        })
        return await recorded(recording, input, caller, controller.signal)
      } finally {
        underWay.delete(input.key)
      }
    },
    cancel: (key) => underWay.get(key)?.abort(),
    cancelAll() {
      for (const controller of underWay.values()) controller.abort()
      answers.forget()
    },
    async read({ key, at }) {
      const { bytes, ended } = await answers.find(key).read(at)
      return { base64: Buffer.from(bytes).toString('base64'), next: at + bytes.byteLength, ended }
    },
    pieces: (key) => pieces(answers.find(key)),
  }

  async function recorded(recording: Recording, input: RequestInput, caller: Caller, signal: AbortSignal) {
    const entry = { caller, operation: 'request' as const, flowId: recording.id }
    const what = () => `${input.method} ${recording.text(pathOf(input.path))}`
    try {
      const result = await inFlow(recording, async () => {
        const value = await exchange(input, recording, caller, signal)
        return { value, succeeded: value.status < 400 }
      })
      const outcome = result.status < 400 ? 'done' : 'failed'
      await history.note(input.connectionId, { ...entry, outcome, detail: `${what()} → ${result.status}` })
      return result
    } catch (error) {
      const detail = `${what()}: ${error instanceof Problem ? error.message : 'failed'}`
      await history.addFailure(input.connectionId, { ...entry, detail })
      throw error
    }
  }
}

/** What the history shows of a path: no query, and no user name or password of an address. */
function pathOf(path: string): string {
  const typed = path.trim()
  if (!isAbsolute(typed)) return typed.split(/[?#]/)[0] ?? ''
  const url = URL.parse(typed)
  return url ? `${url.origin === 'null' ? url.protocol : url.origin}${url.pathname}` : '[no address]'
}

async function* pieces(body: AnswerBody): AsyncGenerator<Uint8Array> {
  for (let at = 0, ended = false; !ended; ) {
    const piece = await body.read(at)
    yield piece.bytes
    at += piece.bytes.byteLength
    ended = piece.ended
  }
}

/** How the check comes out; `null` where it could not be told. */
function knownWhere(isKnown: boolean | null): Pick<CheckFacts, 'result' | 'reason'> {
  if (isKnown === null) return { result: 'unconfirmed', reason: 'undecided' }
  return isKnown ? { result: 'passed' } : { result: 'failed', reason: 'anonymous' }
}

/** The exchange as it was recorded: its secrets are pseudonyms already. */
function recordedIn(exchange: Exchange) {
  const event = exchange.recorded()
  if (!event?.response) throw new Error('the exchange was not recorded')
  return { timing: event.timing, request: event.request, response: event.response }
}

/** Nothing was learned where no answer came; the request itself has its answer. */
function ifUnanswered(error: unknown): null {
  if (error instanceof Problem) return null
  throw error
}
