// A connection attempt from the person's choice to stored tokens: prepares, sends the browser off, waits for the one
// right answer, exchanges the code. What happens to the tokens then is keep-tokens.ts.
import { randomUUID } from 'node:crypto'
import { type Attempt, type ConnectInput, isWaiting } from '../../contract/attempt.ts'
import { redirectPath, redirectUriToRegister } from '../../contract/client.ts'
import type { Caller } from '../../contract/connection.ts'
import { internalFailure } from '../internal-failure.ts'
import { authorizationUrl, prepareAuthorization } from '../oauth/authorization-request.ts'
import { parsePastedAnswer, readRedirectAnswer } from '../oauth/redirect-answer.ts'
import { openRedirectListener, type RedirectListener } from '../oauth/redirect-listener.ts'
import { exchangeCode, requestClientCredentials, type TokenAnswer } from '../oauth/token-endpoint.ts'
import type { Browser } from '../ports.ts'
import { Problem, problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { endpointsOf } from '../services/addresses.ts'
import type { AttemptBoard } from './attempt-board.ts'
import type { Context } from './context.ts'
import { inFlow } from './in-flow.ts'
import { createTokenKeeper } from './keep-tokens.ts'
import { grantOf, tokenEndpointOf } from './token-source.ts'
import type { Undertaking } from './undertaking.ts'

/** The listener waits this long for the person (ms). */
const patience = 10 * 60_000

interface Running {
  abort: AbortController
  /** Settles when the attempt has ended, whichever way. */
  ended?: Promise<void>
  /** The pasted answer takes the listener's place. */
  paste?: (text: string) => void
}

export interface Connector {
  start(input: ConnectInput, caller: Caller): Promise<Attempt>
  answer(id: string, text: string): Promise<Attempt>
  browse(id: string): Promise<void>
  cancel(id: string): void
  dismiss(id: string): void
  /** Ends the attempts that wait for the person; one whose tokens may be on their way is let finish. */
  close(): Promise<void>
}

export function createConnector(context: Context, board: AttemptBoard, browser: Browser): Connector {
  const { clock, services, clients, flows, log } = context
  const running = new Map<string, Running>()
  const keeper = createTokenKeeper(context)

  /** A new client is stored at once; a changed one only when it has worked, so that a slip does not cost what works. */
  async function clientFor({ client: asked }: ConnectInput) {
    if (!('serviceId' in asked)) {
      const { id } = asked
      return {
        clientId: id,
        client: clients.record(id),
        clientSecret: await clients.secret(id),
        keepClient: async () => id,
      }
    }
    const draft = await clients.draft(asked)
    if (draft.isNew) await draft.keep()
    const keepClient = async () => (await draft.keep()).id
    return { clientId: draft.id, client: draft.record, clientSecret: draft.secret, keepClient }
  }

  async function undertake(input: ConnectInput, caller: Caller, signal: AbortSignal): Promise<Undertaking> {
    if (input.reconnect) context.connections.record(input.reconnect)
    const { clientId, client, clientSecret, keepClient } = await clientFor(input)
    const service = services.find(client.serviceId)
    const grant = grantOf(service, input.grantId)
    const title = input.reconnect ? `Reconnect ${service.name}` : `Connect ${service.name}`
    const recording = flows.start({
      kind: 'connect',
      title,
      serviceId: service.id,
      connectionId: input.reconnect ?? null,
      hide: clientSecret ? [[clientSecret, 'client_secret']] : [],
    })
    const id = randomUUID()
    const common = { id, serviceId: service.id, clientId, flowId: recording.id, startedAt: clock.now() }
    return {
      id,
      caller,
      input,
      service,
      grant,
      client,
      clientSecret,
      keepClient,
      recording,
      signal,
      common,
    }
  }

  function tokenEndpoint(undertaking: Undertaking, title: string) {
    return tokenEndpointOf({ ...undertaking, title })
  }

  async function openListener(undertaking: Undertaking, state: Secret): Promise<RedirectListener | Problem> {
    const { client, recording } = undertaking
    try {
      return await openRedirectListener({
        port: client.redirect.mode === 'fixed' ? client.redirect.port : null,
        path: redirectPath,
        state,
        closesAfterMs: patience,
        note: ({ title, note, request, outcome }) => {
          const body = request ? { ...request, body: null } : null
          recording.note({ from: 'browser', to: 'grantdesk', title, note, outcome, request: body })
        },
      })
    } catch (error) {
      if (error instanceof Problem) return error
      throw error
    }
  }

  /** Shows where the browser goes, sends it there, and waits for the answer or a pasted one. */
  async function authorize(undertaking: Undertaking, begun: (attempt: Attempt) => void): Promise<TokenAnswer> {
    const { client, service, grant, input, recording, common } = undertaking
    const { state, codeVerifier, codeChallenge } = await prepareAuthorization()
    recording.hide(state, 'state')
    recording.hide(codeVerifier, 'code_verifier')
    const listener = await openListener(undertaking, state)
    const redirectUri = listener instanceof Problem ? redirectUriToRegister(client.redirect) : listener.redirectUri
    try {
      const url = authorizationUrl({
        endpoint: endpointsOf(service, client.baseUrl).authorization,
        clientId: client.clientId,
        redirectUri,
        scopes: input.scopes,
        separator: service.scopes.separator,
        parameters: { ...grant.authorizationParameters, ...input.parameters },
        state,
        codeChallenge,
      })
      const waiting = recording.note({
        from: 'browser',
        to: 'authorization_server',
        title: 'Authorization request',
        note: 'The person signs in and consents in the browser.',
        outcome: 'running',
        request: { method: 'GET', url, headers: [], body: null },
      })
      const places = { ...common, authorizationUrl: url, redirectUri, closesAt: clock.now() + patience }
      if (listener instanceof Problem) {
        begun(board.set({ state: 'awaiting_code', ...places, why: listener.message }))
      } else {
        begun(board.set({ state: 'awaiting_redirect', ...places, browserFailed: null }))
      }
      if (input.openBrowser) void sendBrowser(undertaking.id, url)
      const parameters = await firstAnswer(undertaking, listener, { state, redirectUri }, waiting)
      const { code } = readRedirectAnswer(parameters, { state })
      recording.hide(code, 'code')
      board.set({ state: 'exchanging', ...common })
      return await exchangeCode(tokenEndpoint(undertaking, 'Exchange the code for tokens'), {
        code,
        codeVerifier,
        redirectUri,
        parameters: grant.tokenParameters,
      })
    } finally {
      if (!(listener instanceof Problem)) await listener.close()
    }
  }

  async function firstAnswer(
    { id, recording, signal }: Undertaking,
    listener: RedirectListener | Problem,
    expected: { state: Secret; redirectUri: string },
    waiting: string,
  ): Promise<URLSearchParams> {
    const pasted = Promise.withResolvers<URLSearchParams>()
    const entry = running.get(id)
    if (entry) {
      entry.paste = (text) => pasted.resolve(parsePastedAnswer(text, expected))
    }
    const abandon = () => pasted.reject(problem('cancelled', 'The attempt was cancelled.'))
    if (signal.aborted) abandon()
    signal.addEventListener('abort', abandon, { once: true })
    const timer = setTimeout(
      () => pasted.reject(problem('timed_out', 'No answer came within ten minutes.', 'Start again.')),
      patience,
    )
    try {
      const sources = listener instanceof Problem ? [pasted.promise] : [pasted.promise, listener.answer]
      const parameters = await Promise.race(sources)
      recording.endStep(waiting, { outcome: parameters.has('error') ? 'failed' : 'succeeded' })
      return parameters
    } catch (error) {
      recording.endStep(waiting, { outcome: 'failed', note: error instanceof Problem ? error.message : '' })
      throw error
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', abandon)
      if (entry) entry.paste = undefined
      // Where it lost the race it must not become an unhandled rejection.
      pasted.promise.catch(() => undefined)
    }
  }

  async function sendBrowser(id: string, url: string): Promise<void> {
    try {
      await browser.open(url)
    } catch (error) {
      const attempt = board.views().find((one) => one.id === id)
      if (attempt?.state !== 'awaiting_redirect') return
      const why = error instanceof Error ? error.message : 'The browser could not be opened.'
      board.set({ ...attempt, browserFailed: why })
    }
  }

  async function obtain(undertaking: Undertaking, begun: (attempt: Attempt) => void): Promise<TokenAnswer> {
    if (undertaking.grant.type === 'authorization_code') return authorize(undertaking, begun)
    begun(board.set({ state: 'exchanging', ...undertaking.common }))
    const { input, grant } = undertaking
    return requestClientCredentials(tokenEndpoint(undertaking, 'Ask for a token with client credentials'), {
      scopes: input.scopes,
      parameters: { ...grant.tokenParameters, ...input.parameters },
    })
  }

  async function run(undertaking: Undertaking, begun: (attempt: Attempt) => void): Promise<void> {
    const { id, common, recording } = undertaking
    try {
      const connectionId = await inFlow(recording, async () => {
        const answer = await obtain(undertaking, begun)
        board.set({ state: 'identifying', ...common })
        return { value: await keeper.keep(undertaking, answer), succeeded: true }
      })
      board.set({ state: 'done', ...common, connectionId })
    } catch (error) {
      const failure = error instanceof Problem ? error.failure : internalFailure(error, log)
      begun(board.set({ state: 'failed', ...common, failure }))
    } finally {
      running.delete(id)
    }
  }

  return {
    async start(input, caller) {
      const abort = new AbortController()
      const undertaking = await undertake(input, caller, abort.signal)
      const begun = Promise.withResolvers<Attempt>()
      const entry: Running = { abort }
      running.set(undertaking.id, entry)
      entry.ended = run(undertaking, begun.resolve)
      return begun.promise
    },
    async answer(id, text) {
      const paste = running.get(id)?.paste
      if (!paste) throw problem('conflict', 'This attempt is not waiting for an answer any more.')
      paste(text)
      return board.find(id)
    },
    async browse(id) {
      const attempt = board.find(id)
      if (!('authorizationUrl' in attempt)) throw problem('conflict', 'This attempt is not waiting for the browser.')
      await browser.open(attempt.authorizationUrl)
    },
    cancel(id) {
      // Once the code is on its way to the token endpoint, tokens may come: they are kept, not lost.
      const attempt = board.views().find((one) => one.id === id)
      if (attempt && isWaiting(attempt)) running.get(id)?.abort.abort()
    },
    dismiss(id) {
      if (running.has(id)) throw problem('conflict', 'This attempt is still under way.', 'Cancel it first.')
      board.remove(id)
    },
    async close() {
      for (const [id, { abort }] of running) {
        const attempt = board.views().find((one) => one.id === id)
        if (!attempt || isWaiting(attempt)) abort.abort()
      }
      await Promise.all([...running.values()].map(({ ended }) => ended))
    },
  }
}
