// Test requests with a connection's token: each a flow and a history entry. The response is shown as it came, except that
// known secrets are replaced by pseudonyms.
import type { Caller } from '../../contract/connection.ts'
import type { AnswerPiece, RequestInput, RequestResult } from '../../contract/request.ts'
import { resolveRequest } from '../api/resolve.ts'
import type { Context } from '../connections/context.ts'
import type { Refresher } from '../connections/refresh.ts'
import { type Operation, runOperation } from '../connections/run-operation.ts'
import { recordCancelled } from '../flows/decisions.ts'
import type { Recording } from '../flows/recording.ts'
import { Problem, problem } from '../problem.ts'
import { isAbsolute } from '../services/addresses.ts'
import type { AnswerBody } from './answer-body.ts'
import { createSendOnce } from './api-request.ts'
import { createKeptAnswers } from './kept-answers.ts'
import { createSecondTry } from './second-try.ts'

/** An access token that expires within this time (ms) is refreshed before the request. */
const freshFor = 5_000

export interface Requests {
  send(input: RequestInput, caller: Caller): Promise<RequestResult>
  /** A piece of a response body that is still kept. */
  read(input: { key: string; at: number }): Promise<AnswerPiece>
  /** The whole body in pieces. Throws `not_found`. */
  pieces(key: string): AsyncIterable<Uint8Array>
  cancel(key: string): void
  /** Cancels running requests, and drops the response bodies. */
  cancelAll(): void
}

export function createRequests(context: Context, refresher: Refresher): Requests {
  const { connections, services } = context
  const running = new Map<string, AbortController>()
  const answers = createKeptAnswers()
  const sendOnce = createSendOnce(context, refresher, answers)
  const secondTry = createSecondTry(context, refresher)

  /** Sends the request, and once more if another token may help. */
  async function exchange(input: RequestInput, recording: Recording, caller: Caller, signal: AbortSignal) {
    const { result, headers, record, usedOurToken } = await sendOnce(input, recording, signal)
    const { status } = result
    const again = usedOurToken && (await secondTry.isWorthIt({ input, record, status, headers, caller, recording }))
    return again && !signal.aborted ? (await sendOnce(input, recording, signal)).result : result
  }

  /** The request and what came of it, as the history tells it. */
  function historyText(input: RequestInput, recording: Recording, result: string): string {
    return `${input.method} ${recording.text(pathOf(input.path))}${result}`
  }

  function recorded(input: RequestInput, caller: Caller, signal: AbortSignal): Promise<RequestResult> {
    const operation: Operation<RequestResult> = {
      connectionId: input.connectionId,
      caller,
      kind: 'request',
      about: { method: input.method, path: pathOf(input.path) },
      busy: null,
      historyEntry: ({ status }, recording) => ({
        outcome: status < 400 ? 'done' : 'failed',
        detail: historyText(input, recording, ` → ${status}`),
      }),
      failureDetail: (error, recording) =>
        historyText(input, recording, `: ${error instanceof Problem ? error.message : 'failed'}`),
    }
    return runOperation(context, operation, async ({ recording }) => {
      const value = await exchange(input, recording, caller, signal).finally(() => {
        if (signal.reason === byPerson) recordCancelled(recording)
      })
      return { value, succeeded: value.status < 400 }
    })
  }

  return {
    async send(input, caller) {
      const { connectionId } = input
      const record = connections.record(connectionId)
      // A request that is refused here is not sent, so it is no flow.
      resolveRequest({ ...input, service: services.find(record.serviceId), record, bearer: ['Authorization', ''] })
      if (running.has(input.key)) throw problem('conflict', 'A request with this key is still under way.')
      const controller = new AbortController()
      running.set(input.key, controller)
      try {
        await refresher.ensureFresh(connectionId, freshFor, caller)
        return await recorded(input, caller, controller.signal)
      } finally {
        running.delete(input.key)
      }
    },
    cancel: (key) => running.get(key)?.abort(byPerson),
    cancelAll() {
      for (const controller of running.values()) controller.abort()
      answers.forget()
    },
    async read({ key, at }) {
      const { bytes, ended } = await answers.find(key).read(at)
      return { base64: Buffer.from(bytes).toString('base64'), next: at + bytes.byteLength, ended }
    },
    pieces: (key) => pieces(answers.find(key)),
  }
}

/** Why a request was aborted, if the person cancelled it. */
const byPerson = Symbol('cancelled by the person')

/** The part of a path that the history shows: without the query, and without user name and password. */
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
