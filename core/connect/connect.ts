// A connection attempt's life: begun by the person's choice, shown while it goes on, ended with stored tokens or with a
// failure that says why. How tokens are obtained is grants/; what becomes of them is keep-tokens.ts.
import { randomUUID } from 'node:crypto'
import { type AccountDecision, type Attempt, type ConnectInput, isWaiting } from '../../contract/attempt.ts'
import type { Caller } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import type { Context } from '../connections/context.ts'
import { answersOf, namingInputs } from '../connections/grant-answers.ts'
import { clientSecretsOf, secretsOf } from '../connections/secrets-of.ts'
import { grantOf } from '../connections/token-source.ts'
import { inFlow } from '../flows/in-flow.ts'
import { internalFailure } from '../internal-failure.ts'
import { checkParameters, checkResources } from '../oauth/authorization-request.ts'
import type { Browser } from '../ports.ts'
import { invalid, Problem, problem } from '../problem.ts'
import { Secret } from '../secret.ts'
import { apiAddress, expandBase, normaliseBaseUrl } from '../services/addresses.ts'
import type { AttemptStore } from './attempt-store.ts'
import type { ConnectIntents } from './connect-intents.ts'
import type { AttemptContext } from './grants/attempt-context.ts'
import type { AttemptReporter } from './grants/grant-handler.ts'
import { grantHandlers } from './grants/grant-handlers.ts'
import { checkToken } from './grants/static-token.ts'
import { createTokenKeeper, type OtherAccount } from './keep-tokens.ts'

interface Running {
  abort: AbortController
  /** Settles when the attempt has ended, whichever way. */
  ended: Promise<void>
  /** The pasted answer takes the listener's place. */
  paste?: ((text: string) => void) | null
  /** What becomes of another account's tokens. */
  decide?: (choice: AccountDecision) => void
  /** The vault is closing: what would be asked from now on is answered by nobody. */
  unattended?: true
}

/** What an attempt has from the moment it is let in. */
type Admitted = Pick<AttemptContext, 'id' | 'caller' | 'onTokens' | 'signal'>

export interface Connector {
  start(input: ConnectInput, caller: Caller): Promise<Attempt>
  answer(id: string, text: string): Promise<Attempt>
  /** What becomes of tokens that are another account's. Throws `conflict` where nothing is asked. */
  decide(id: string, choice: AccountDecision): Promise<Attempt>
  browse(id: string): Promise<void>
  cancel(id: string): void
  dismiss(id: string): void
  /** After an opening: attempts that a kill cut off while tokens were asked for are shown as failed ones. */
  recover(): Promise<void>
  /** Ends the attempts that wait for the person; one whose tokens may be on their way is let finish. */
  close(): Promise<void>
}

/** The installation of an attempt, unless it may be what the server refused. */
function stillInstalled(attempt: Attempt | undefined, failure: Failure): { installation?: string } {
  if (attempt?.state !== 'exchanging' || attempt.installation === undefined) return {}
  return failure.kind === 'refused' && !failure.clientRefused ? {} : { installation: attempt.installation }
}

export function createConnector(
  context: Context,
  attemptStore: AttemptStore,
  browser: Browser,
  intents: ConnectIntents,
): Connector {
  const { clock, services, clients, flows, log, operations } = context
  const running = new Map<string, Running>()
  const keeper = createTokenKeeper(context)

  /** A new client is stored at once; a changed one only when it has worked, so that a slip does not cost what works. */
  async function clientFor({ client: asked, place }: ConnectInput) {
    if (!asked) {
      if (!place) throw invalid('client', 'A client is missing.', 'Name one, or the place that a token is for.')
      const { serviceId } = place
      const baseUrl = normaliseBaseUrl(place.baseUrl)
      return { clientId: null, serviceId, baseUrl, client: null, alongWith: undefined }
    }
    if (!('serviceId' in asked)) {
      const record = clients.record(asked.id)
      const { serviceId, baseUrl } = record
      const client = { record, secret: await clients.secret(asked.id) }
      return { clientId: asked.id, serviceId, baseUrl, client, alongWith: undefined }
    }
    const draft = await clients.draft(asked)
    if (draft.isNew) await draft.keep()
    const { record, secret } = draft
    const { serviceId, baseUrl } = record
    return { clientId: draft.id, serviceId, baseUrl, client: { record, secret }, alongWith: draft.alongWith }
  }

  /** Refuses what cannot work before anything is stored, recorded or sent. */
  function chosen({ client, place, ...input }: ConnectInput) {
    if (input.reconnect) context.connections.record(input.reconnect)
    const known = client && !('serviceId' in client) ? clients.record(client.id) : (client ?? place)
    const service = services.find(known?.serviceId ?? '')
    const grant = grantOf(service, input.grantId)
    if (input.installation && !grant.installation) throw invalid('installation', 'This grant needs no installation.')
    checkParameters({ ...input.parameters, ...input.tokenParameters })
    checkResources(input.resources)
    answersOf(grant, input.answers)
    if (grant.type === 'password' && !(input.username && input.password)) {
      throw invalid('password', 'The user name and the password are missing.')
    }
    if (grant.type === 'static_token') checkToken(input.token, grant, clock.now())
    return { service, grant }
  }

  async function prepareAttempt(asked: ConnectInput, admitted: Admitted): Promise<AttemptContext> {
    const { id } = admitted
    const { client: _, place: __, username, password, token, ...input } = asked
    const { service, grant } = chosen(asked)
    const { clientId, serviceId, baseUrl, client, alongWith } = await clientFor(asked)
    if (input.testPath) apiAddress(input.testPath, baseUrl)
    const recording = flows.start({
      kind: 'connect',
      about: {
        service: service.name,
        connection: input.reconnect ? context.connections.nameOf(input.reconnect) : null,
      },
      serviceId,
      connectionId: input.reconnect ?? null,
      hide: [
        ...(input.reconnect ? await secretsOf(context, input.reconnect) : []),
        // One that was typed just now is stored only when it has worked.
        ...(client?.secret ? [[client.secret, 'client_secret'] satisfies [Secret, string]] : []),
        ...(clientId === null || !clients.nameOf(clientId) ? [] : await clientSecretsOf(clients, clientId)),
      ],
    })
    const page = service.grantsPage ? expandBase(service.grantsPage, baseUrl) : null
    const place = { serviceId, service: service.name, clientId, connectionId: input.reconnect ?? null, page }
    return {
      ...{ ...admitted, input, service, grant, baseUrl, recording, alongWith: intents.removal(id, alongWith) },
      writeIntent: () => intents.write(id, { ...place, flowId: recording.id }),
      client: grant.type === 'static_token' ? null : client,
      login: username && password ? { username, password: new Secret(password) } : null,
      token: token ? { ...token, value: new Secret(token.value) } : null,
      common: { id, serviceId, clientId, flowId: recording.id, startedAt: clock.now() },
    }
  }

  /** Where the attempt shows itself; `begun` is told of its first state. */
  function reporterOf({ id, input, signal }: AttemptContext, begun: (attempt: Attempt) => void): AttemptReporter {
    return {
      clock,
      show(attempt) {
        const before = attemptStore.views().find((one) => one.id === id)
        // That the browser did not open stays true while the attempt waits on.
        const failed = before?.state === attempt.state && 'browserFailed' in before ? before.browserFailed : null
        begun(attemptStore.set('browserFailed' in attempt ? { ...attempt, browserFailed: failed } : attempt))
      },
      tell(unproven) {
        const attempt = attemptStore.views().find((one) => one.id === id)
        if (attempt?.state === 'awaiting_redirect') attemptStore.set({ ...attempt, unproven })
      },
      browse(url, failed) {
        const opens = input.openBrowser && !signal.aborted
        if (opens) void sendBrowser(id, url, failed)
        return opens
      },
      onPaste(take) {
        const entry = running.get(id)
        if (entry) entry.paste = take
      },
    }
  }

  async function sendBrowser(id: string, url: string, failed?: () => void): Promise<void> {
    try {
      await browser.open(url)
    } catch (error) {
      failed?.()
      const attempt = attemptStore.views().find((one) => one.id === id)
      if (!attempt || !('browserFailed' in attempt)) return
      const why = error instanceof Error ? error.message : 'The browser could not be opened.'
      attemptStore.set({ ...attempt, browserFailed: why })
    }
  }

  /** The new tokens are safe in a connection of their own while the person is asked; closing keeps them there. */
  async function ask(
    { id, common, recording }: AttemptContext,
    { existing, ...question }: OtherAccount,
  ): Promise<AccountDecision> {
    const decision = Promise.withResolvers<AccountDecision>()
    const entry = running.get(id)
    if (entry) entry.decide = decision.resolve
    if (entry?.abort.signal.aborted || entry?.unattended) return 'keep_apart'
    entry?.abort.signal.addEventListener('abort', () => decision.resolve('keep_apart'), { once: true })
    attemptStore.set({ state: 'asking_account', ...common, connectionId: existing, ...question })
    const waited = recording.wait({ for: 'decision' })
    const choice = await decision.promise
    waited(entry?.abort.signal.aborted ? 'cancelled' : 'over')
    if (entry) entry.decide = undefined
    attemptStore.set({ state: 'identifying', ...common })
    return choice
  }

  /** It stands in the history of the connection that was to be reconnected, or of the vault. */
  async function settleFailure({ id, input, caller, service, recording }: AttemptContext, failure: Failure) {
    // Tokens that came and are only held in memory are lost when the host is killed now.
    const isHeld = failure.kind === 'vault_broken' || failure.kind === 'vault_locked'
    if (!isHeld) await intents.remove(id).catch(() => undefined)
    const detail = `${service.name}: ${failure.message}`
    await context.history.addFailure(input.reconnect ?? null, { caller, act: 'connect', detail, flowId: recording.id })
  }

  async function run(attemptContext: AttemptContext, begun: (attempt: Attempt) => void): Promise<void> {
    const { id, common, recording, grant } = attemptContext
    try {
      const connectionId = await inFlow(recording, async () => {
        const obtained = await grantHandlers[grant.type](attemptContext, reporterOf(attemptContext, begun)).catch(
          namingInputs(grant, attemptContext.input),
        )
        attemptStore.set({ state: 'identifying', ...common })
        const kept = await keeper.keep(attemptContext, obtained)
        if (typeof kept === 'string') return { value: kept, succeeded: true }
        return { value: await keeper.settle(attemptContext, kept, await ask(attemptContext, kept)), succeeded: true }
      })
      attemptStore.set({ state: 'done', ...common, connectionId })
    } catch (error) {
      const failure = error instanceof Problem ? error.failure : internalFailure(error, log)
      const before = attemptStore.views().find((one) => one.id === id)
      await settleFailure(attemptContext, failure)
      begun(attemptStore.set({ state: 'failed', ...common, failure, ...stillInstalled(before, failure) }))
    } finally {
      running.delete(id)
    }
  }

  return {
    async start(input, caller) {
      const id = randomUUID()
      const abort = new AbortController()
      const begun = Promise.withResolvers<Attempt>()
      const ended = Promise.withResolvers<void>()
      const whole = operations.whole(async (onTokens) => {
        running.set(id, { abort, ended: ended.promise })
        const prepared = prepareAttempt(input, { id, caller, onTokens, signal: abort.signal })
        prepared.catch(() => running.delete(id))
        await run(await prepared, begun.resolve)
      })
      whole.catch(begun.reject).finally(ended.resolve)
      return begun.promise
    },
    async answer(id, text) {
      const paste = running.get(id)?.paste
      if (!paste) throw problem('conflict', 'This attempt is not waiting for an answer any more.')
      paste(text)
      return attemptStore.find(id)
    },
    async decide(id, choice) {
      const entry = running.get(id)
      if (!entry?.decide) throw problem('conflict', 'This attempt asks nothing any more.')
      entry.decide(choice)
      await entry.ended
      return attemptStore.find(id)
    },
    async browse(id) {
      const attempt = attemptStore.find(id)
      if (attempt.state === 'awaiting_device') {
        return browser.open(attempt.verificationUriComplete ?? attempt.verificationUri)
      }
      if (!('authorizationUrl' in attempt)) throw problem('conflict', 'This attempt is not waiting for the browser.')
      await browser.open(attempt.authorizationUrl)
    },
    cancel(id) {
      // Once the code is on its way to the token endpoint, tokens may come: they are kept, not lost.
      const attempt = attemptStore.views().find((one) => one.id === id)
      if (attempt && isWaiting(attempt)) running.get(id)?.abort.abort()
    },
    dismiss(id) {
      if (running.has(id)) throw problem('conflict', 'This attempt is still under way.', 'Cancel it first.')
      attemptStore.remove(id)
      intents.remove(id).catch((error: unknown) => internalFailure(error, log))
    },
    async recover() {
      for (const attempt of await intents.recover()) attemptStore.set(attempt)
    },
    async close() {
      for (const [id, entry] of running) {
        const { abort } = entry
        entry.unattended = true
        const attempt = attemptStore.views().find((one) => one.id === id)
        if (!attempt || isWaiting(attempt) || attempt.state === 'asking_account') abort.abort()
      }
      await Promise.all([...running.values()].map(({ ended }) => ended))
    },
  }
}
