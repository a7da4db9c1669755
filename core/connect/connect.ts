// The lifecycle of a connection attempt: started by the person, shown while it runs, ended with stored tokens or a failure.
// grants/ obtains the tokens, keep-tokens.ts stores them, running-attempts.ts takes what the person adds meanwhile.
import { randomUUID } from 'node:crypto'
import type { AccountDecision, Attempt, ConnectInput } from '../../contract/attempt.ts'
import type { Caller } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import { checkClientMethod } from '../connections/client-method-check.ts'
import type { Context } from '../connections/context.ts'
import { namingInputs } from '../connections/grant-answers.ts'
import { inFlow } from '../flows/in-flow.ts'
import { internalFailure } from '../internal-failure.ts'
import type { Browser } from '../ports.ts'
import { Problem, problem } from '../problem.ts'
import { createAttemptReporter } from './attempt-reporter.ts'
import type { AttemptStore } from './attempt-store.ts'
import type { ConnectIntents } from './connect-intents.ts'
import type { AttemptContext } from './grants/attempt-context.ts'
import { grantHandlers } from './grants/grant-handlers.ts'
import { createTokenKeeper } from './keep-tokens.ts'
import { attemptPreparation } from './prepare-attempt.ts'
import { createRunningAttempts } from './running-attempts.ts'

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
  const running = createRunningAttempts(attemptStore)
  const keeper = createTokenKeeper(context)

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
    running.recordsIn(id, recording)
    try {
      const connectionId = await inFlow(recording, async () => {
        const reporter = createAttemptReporter(attemptContext, {
          ...{ clock, attemptStore, browser, onShow: begun },
          onPaste: (take) => running.onPaste(id, take),
        })
        const { client } = attemptContext
        if (client) checkClientMethod({ ...attemptContext, client: client.record, clientSecret: client.secret })
        const obtaining = grantHandlers[grant.type](attemptContext, reporter)
        const obtained = await obtaining.catch(namingInputs(grant, attemptContext.input))
        attemptStore.set({ state: 'identifying', ...common })
        const kept = await keeper.keep(attemptContext, obtained)
        if (typeof kept === 'string') return { value: kept, succeeded: true }
        return {
          value: await keeper.settle(attemptContext, kept, await running.ask(attemptContext, kept)),
          succeeded: true,
        }
      })
      attemptStore.set({ state: 'done', ...common, connectionId })
    } catch (error) {
      const failure = error instanceof Problem ? error.failure : internalFailure(error, log)
      const before = attemptStore.views().find((one) => one.id === id)
      await settleFailure(attemptContext, failure)
      begun(attemptStore.set({ state: 'failed', ...common, failure, ...stillInstalled(before, failure) }))
    } finally {
      running.end(id)
    }
  }

  return {
    check: preparation.check,
    async start(input, caller, left) {
      const id = randomUUID()
      const abort = new AbortController()
      const begun = Promise.withResolvers<Attempt>()
      const ended = Promise.withResolvers<void>()
      const whole = operations.whole(async (onTokens) => {
        running.begin(id, { abort, ended: ended.promise })
        if (left) void running.cancelWhenLeft(id, left)
        const prepared = preparation.prepare(input, { id, caller, onTokens, signal: abort.signal })
        prepared.catch(() => running.end(id))
        await run(await prepared, begun.resolve)
      })
      whole.catch(begun.reject).finally(ended.resolve)
      return begun.promise
    },
    async answer(id, text) {
      running.paste(id, text)
      return attemptStore.find(id)
    },
    async decide(id, choice) {
      await running.decide(id, choice)
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
    cancel: running.cancel,
    dismiss(id) {
      if (running.has(id)) throw problem('conflict', 'This attempt is still under way.', 'Cancel it first.')
      attemptStore.remove(id)
      intents.remove(id).catch((error: unknown) => internalFailure(error, log))
    },
    async recover() {
      for (const attempt of await intents.recover()) attemptStore.set(attempt)
    },
    close: running.close,
  }
}
