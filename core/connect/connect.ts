// The lifecycle of a connection attempt: started by the person, shown while it runs, ended with stored tokens or a failure.
// grants/ obtains the tokens, keep-tokens.ts stores them.
import { randomUUID } from 'node:crypto'
import { type AccountDecision, type Attempt, type ConnectInput, isWaiting } from '../../contract/attempt.ts'
import type { Caller } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import { checkClientMethod } from '../connections/client-method-check.ts'
import type { Context } from '../connections/context.ts'
import { namingInputs } from '../connections/grant-answers.ts'
import { recordCancelled } from '../flows/decisions.ts'
import { inFlow } from '../flows/in-flow.ts'
import type { Recording } from '../flows/recording.ts'
import { internalFailure } from '../internal-failure.ts'
import type { Browser } from '../ports.ts'
import { Problem, problem } from '../problem.ts'
import { createAttemptReporter } from './attempt-reporter.ts'
import type { AttemptStore } from './attempt-store.ts'
import type { ConnectIntents } from './connect-intents.ts'
import type { AttemptContext } from './grants/attempt-context.ts'
import { grantHandlers } from './grants/grant-handlers.ts'
import { createTokenKeeper } from './keep-tokens.ts'
import type { OtherAccount } from './other-account.ts'
import { attemptPreparation } from './prepare-attempt.ts'

interface Running {
  abort: AbortController
  /** From when its flow begins. */
  recording?: Recording
  /** Settles when the attempt has ended, successful or not. */
  ended: Promise<void>
  /** Takes a pasted answer instead of the listener's. */
  paste?: ((text: string) => void) | null
  /** Takes the decision about another account's tokens. */
  decide?: (choice: AccountDecision) => void
  /** The vault is closing: nobody is there to answer questions. */
  unattended?: true
}

export interface Connector {
  /** Throws what `start` would throw about the input; does nothing else. */
  check(input: ConnectInput): Promise<void>
  /** Cancelled and forgotten when `left` is aborted while it waits for the person. */
  start(input: ConnectInput, caller: Caller, left?: AbortSignal): Promise<Attempt>
  answer(id: string, text: string): Promise<Attempt>
  /** Decides about tokens of another account. Throws `conflict` if there is nothing to decide. */
  decide(id: string, choice: AccountDecision): Promise<Attempt>
  browse(id: string): Promise<void>
  cancel(id: string): void
  dismiss(id: string): void
  /** After unlocking: shows attempts as failed whose host was killed during a token request. */
  recover(): Promise<void>
  /** Cancels attempts that wait for the person; lets those finish whose tokens may be on their way. */
  close(): Promise<void>
}

/** An attempt's installation, unless the server may have refused that. */
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
  const { clock, log, operations } = context
  const preparation = attemptPreparation(context, intents)
  const running = new Map<string, Running>()
  const keeper = createTokenKeeper(context)

  /** Asks the person. Meanwhile the new tokens are safe in a connection of their own, and stay there when closing. */
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

  /** Records the failure in the history of the connection that was to be reconnected, or of none. */
  async function settleFailure({ id, input, caller, service, recording }: AttemptContext, failure: Failure) {
    // Tokens that are only in memory would be lost if the host were killed now.
    const isHeld = failure.kind === 'vault_broken' || failure.kind === 'vault_locked'
    if (!isHeld) await intents.remove(id).catch(() => undefined)
    const detail = `${service.name}: ${failure.message}`
    await context.history.addFailure(input.reconnect ?? null, {
      caller,
      operation: 'connect',
      detail,
      flowId: recording.id,
    })
  }

  async function run(attemptContext: AttemptContext, begun: (attempt: Attempt) => void): Promise<void> {
    const { id, common, recording, grant } = attemptContext
    const entry = running.get(id)
    if (entry) entry.recording = recording
    try {
      const connectionId = await inFlow(recording, async () => {
        const reporter = createAttemptReporter(attemptContext, {
          ...{ clock, attemptStore, browser, onShow: begun },
          onPaste(take) {
            if (entry) entry.paste = take
          },
        })
        const { client } = attemptContext
        if (client) checkClientMethod({ ...attemptContext, client: client.record, clientSecret: client.secret })
        const obtaining = grantHandlers[grant.type](attemptContext, reporter)
        const obtained = await obtaining.catch(namingInputs(grant, attemptContext.input))
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

  /** The command that started it was killed: nobody follows it any more, and its port is free again. */
  async function forsake(id: string, abort: AbortController, left: AbortSignal, ended: Promise<void>) {
    const leave = () => {
      const attempt = attemptStore.views().find((one) => one.id === id)
      if (!attempt || isWaiting(attempt) || attempt.state === 'asking_account') abort.abort()
    }
    if (left.aborted) leave()
    left.addEventListener('abort', leave, { once: true })
    await ended
    left.removeEventListener('abort', leave)
    const attempt = attemptStore.views().find((one) => one.id === id)
    if (left.aborted && attempt?.state === 'failed' && attempt.failure.kind === 'cancelled') attemptStore.remove(id)
  }

  return {
    check: preparation.check,
    async start(input, caller, left) {
      const id = randomUUID()
      const abort = new AbortController()
      const begun = Promise.withResolvers<Attempt>()
      const ended = Promise.withResolvers<void>()
      const whole = operations.whole(async (onTokens) => {
        running.set(id, { abort, ended: ended.promise })
        const prepared = preparation.prepare(input, { id, caller, onTokens, signal: abort.signal })
        prepared.catch(() => running.delete(id))
        await run(await prepared, begun.resolve)
      })
      whole.catch(begun.reject).finally(ended.resolve)
      if (left) void forsake(id, abort, left, ended.promise)
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
      // Once the token request is on its way, tokens may come and have to be stored.
      const attempt = attemptStore.views().find((one) => one.id === id)
      const entry = running.get(id)
      if (!entry || entry.abort.signal.aborted || !attempt || !isWaiting(attempt)) return
      if (entry.recording) recordCancelled(entry.recording)
      entry.abort.abort()
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
