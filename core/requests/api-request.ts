// Sends one test request with a connection's token, and describes the response. A response that shows whether the service knows
// the token updates the connection.
import { headerValue } from '../../contract/header-value.ts'
import { headerBeforeToken, type RequestInput, type RequestResult } from '../../contract/request.ts'
import { refusalInWords } from '../api/api-refusal.ts'
import { resolveRequest } from '../api/resolve.ts'
import type { Context } from '../connections/context.ts'
import type { Refresher } from '../connections/refresh.ts'
import { bearerHeader } from '../connections/token-placement.ts'
import type { Recording } from '../flows/recording.ts'
import type { Exchange } from '../flows/recording-fetch.ts'
import { internalFailure } from '../internal-failure.ts'
import { Problem } from '../problem.ts'
import type { ConnectionRecord } from '../records.ts'
import type { KeptAnswers } from './kept-answers.ts'
import { createTokenCheck } from './known-token.ts'
import { formatOf, rateLimitOf } from './read-answer.ts'
import { type ShownAnswer, shownAnswer } from './shown-answer.ts'

export interface Sent {
  result: RequestResult
  /** As they came, for decisions. */
  headers: Headers
  /** The connection as it was when the request was sent. */
  record: ConnectionRecord
  /** Whether the request authenticated with the connection's own token. */
  usedOurToken: boolean
}

/** Throws Problem if there is no response. */
export type SendOnce = (input: RequestInput, recording: Recording, signal: AbortSignal) => Promise<Sent>

const anonymousWords =
  'The service answered as it answers anybody: it does not know this token, and what you see is what is public.'

export function createSendOnce(context: Context, refresher: Refresher, answers: KeptAnswers): SendOnce {
  const { connections, services, clock, log } = context
  const isTokenKnown = createTokenCheck(clock)

  async function markRefused(id: string): Promise<void> {
    const failure = new Problem({
      kind: 'refused',
      message: anonymousWords,
      remedy: 'Refresh the connection, or reconnect it.',
      by: 'api',
      status: 401,
      error: null,
      errorDescription: null,
    }).failure
    await connections.update(id, { status: { kind: 'needs_attention', since: clock.now(), failure } })
  }

  return async (input, recording, signal) => {
    const id = input.connectionId
    const record = connections.record(id)
    const service = services.find(record.serviceId)
    const { accessToken } = await connections.tokens(id)
    // It may be newer than the secrets that were hidden when the flow started.
    recording.hide(accessToken, 'access_token')
    const bearer = bearerHeader(service, record, accessToken)
    const { url, headers, carriesToken } = resolveRequest({ ...input, service, record, bearer })
    const purpose = { kind: 'api_request' as const }
    const exchange = recording.exchange({ purpose, to: 'api', allowRedirects: 'same-origin', signal })
    const body = input.method === 'GET' || input.method === 'HEAD' ? undefined : input.body
    const response = await exchange.stream(url, { method: input.method, headers, body })
    const headAt = performance.now()
    const shown = await shownAnswer(response, recording)
    const receiving = Math.round(performance.now() - headAt)
    answers.keep(input.key, shown.body)
    // Another key in the request may be the one that was answered.
    const typed = input.headers.map(([name]) => name)
    const usedOurToken = carriesToken && headerBeforeToken(service, { header: bearer[0] }, typed) === null
    const question = { service, record, accessToken, recording, signal }
    const isKnown = usedOurToken && response.ok ? await isTokenKnown(id, question) : null
    try {
      if (isKnown === true) await refresher.confirmRefresh(id, accessToken)
      if (isKnown === false) await markRefused(id)
    } catch (error) {
      // The request was carried out: an error here would invite the person to send it again.
      if (!(error instanceof Problem)) internalFailure(error, log)
    }
    const recorded = recordedOf(exchange)
    const result = describe(recorded, response.headers, shown, clock.now())
    return {
      result: {
        ...result,
        ...{ flowId: recording.id, ms: (recorded.timing.waiting ?? 0) + receiving },
        explanation: isKnown === false ? anonymousWords : result.explanation,
      },
      headers: response.headers,
      record,
      usedOurToken,
    }
  }
}

type Recorded = ReturnType<typeof recordedOf>

/** The recorded exchange, in which secrets are replaced by pseudonyms. */
function recordedOf(exchange: Exchange) {
  const event = exchange.recorded()
  if (!event?.response) throw new Error('the exchange was not recorded')
  return { timing: event.timing, request: event.request, response: event.response }
}

function describe(
  { request, response }: Recorded,
  received: Headers,
  shown: ShownAnswer,
  now: number,
): Omit<RequestResult, 'flowId' | 'ms'> {
  const { headers, status, statusText } = response
  const { text: body } = shown
  const rateLimit = rateLimitOf(headers, now)
  const opensIn = rateLimit?.resetsAt ? rateLimit.resetsAt - now : null
  const named = { get: (name: string) => headerValue(headers, name) }
  return {
    url: request.url,
    status,
    statusText,
    headers,
    body,
    size: shown.body.size(),
    truncated: shown.hasMore,
    format: shown.isBinary ? 'binary' : formatOf(headerValue(headers, 'content-type'), body),
    rateLimit,
    explanation: refusalInWords({ status, headers: named, received, body, opensIn }),
  }
}
