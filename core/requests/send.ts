// Test requests with a connection's token. What comes back has passed the recording: known secrets are pseudonyms.
import type { Caller } from '../../contract/connection.ts'
import type { Step } from '../../contract/flow.ts'
import { headerBeforeToken, type RequestInput, type RequestResult } from '../../contract/request.ts'
import type { Context } from '../connections/context.ts'
import { isAccepted, type Question } from '../connections/identify.ts'
import { inFlow } from '../connections/in-flow.ts'
import type { Refresher } from '../connections/refresh.ts'
import { secretsOf } from '../connections/secrets-of.ts'
import { bearerHeader } from '../connections/token-placement.ts'
import type { Recording } from '../flows/recording.ts'
import { Problem, problem } from '../problem.ts'
import { isAbsolute } from '../services/addresses.ts'
import { refusalInWords } from './api-refusal.ts'
import { formatOf, header, rateLimitOf } from './read-answer.ts'
import { resolveRequest } from './resolve.ts'

/** An expired access token is refreshed before the request. */
const freshFor = 5_000

/** A token that has worked within this time (ms) is known to the service. */
const knownFor = 60_000

const nobody =
  'The service answered as it answers anybody: it does not know this token, and what you see is what is public.'

export interface Requests {
  send(input: RequestInput, caller: Caller): Promise<RequestResult>
  cancel(key: string): void
  cancelAll(): void
}

export function createRequests(context: Context, refresher: Refresher): Requests {
  const { connections, services, flows, history, clock } = context
  const underWay = new Map<string, AbortController>()

  async function exchange(input: RequestInput, recording: Recording, signal: AbortSignal): Promise<RequestResult> {
    const record = connections.record(input.connectionId)
    const service = services.find(record.serviceId)
    const { accessToken } = await connections.tokens(input.connectionId)
    // It may be newer than those that were hidden at the beginning.
    recording.hide(accessToken, 'access_token')
    const bearer = bearerHeader(service, record, accessToken)
    const { url, headers, carriesToken } = resolveRequest({ ...input, service, record, bearer })
    const fetch = recording.fetch({
      title: `${input.method} ${url.pathname}`,
      to: 'api',
      allowRedirects: 'same-origin',
      signal,
    })
    const bodyless = input.method === 'GET' || input.method === 'HEAD'
    const response = await fetch(url, { method: input.method, headers, body: bodyless ? undefined : input.body })
    const size = (await response.arrayBuffer()).byteLength
    const step = lastExchange(recording)
    const typed = input.headers.map(([name]) => name)
    // What another key in the request was answered says nothing about this token.
    const isOurs = carriesToken && headerBeforeToken(service, { header: bearer[0] }, typed) === null
    const asNobody = isOurs && response.ok && (await isNobodys({ service, record, accessToken, recording, signal }))
    if (asNobody) await refuse(input.connectionId)
    else if (isOurs && response.ok) await refresher.worked(input.connectionId, accessToken)
    const { headers: answered, statusText } = step.response
    const named = { get: (name: string) => header(answered, name) }
    return {
      flowId: recording.id,
      url: step.request.url,
      status: response.status,
      statusText,
      ms: step.ms ?? 0,
      headers: answered,
      body: step.response.body ?? '',
      size,
      truncated: step.response.truncated,
      format: formatOf(header(answered, 'content-type'), step.response.body),
      rateLimit: rateLimitOf(answered, clock.now()),
      explanation: asNobody ? nobody : refusalInWords(response.status, named, step.response.body),
    }
  }

  /** A public answer proves nothing where an unknown token counts as nobody's: then the API is asked who it is. */
  async function isNobodys(question: Question): Promise<boolean> {
    const { service, record } = question
    if (!service.anonymous) return false
    if (record.standing.kind === 'good' && clock.now() - (record.lastUsedAt ?? 0) < knownFor) return false
    return (await isAccepted({ ...question, title: 'Does the service know this token?' })) === 401
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
    await connections.update(id, { standing: { kind: 'needs_attention', since: clock.now(), failure } })
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
          title: (shown) => `${input.method} ${shown(path).slice(0, 80)} at ${name}`,
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
    },
  }

  async function recorded(recording: Recording, input: RequestInput, caller: Caller, signal: AbortSignal) {
    const entry = { caller, act: 'request' as const, flowId: recording.id }
    const what = () => `${input.method} ${recording.text(pathOf(input.path))}`
    try {
      const result = await inFlow(recording, async () => {
        const value = await exchange(input, recording, signal)
        return { value, succeeded: value.status < 400 }
      })
      const outcome = result.status < 400 ? 'done' : 'failed'
      await history.add(input.connectionId, { ...entry, outcome, detail: `${what()} → ${result.status}` })
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

/** The exchange as it was recorded: its secrets are pseudonyms already. */
function lastExchange(recording: Recording) {
  const complete = (step: Step) => step.request !== null && step.response !== null
  const step = recording.flow().steps.findLast(complete)
  if (!step?.request || !step.response) throw new Error('the exchange was not recorded')
  return { ms: step.ms, request: step.request, response: step.response }
}
