// The attempts that run in this host: takes what the person adds to one (a pasted answer, a decision) and cancels those that wait
// for the person. Once the token request is on its way, tokens may come and have to be stored: such an attempt is let finish.
import { type AccountDecision, isWaiting } from '../../contract/attempt.ts'
import { recordCancelled } from '../flows/decisions.ts'
import type { Recording } from '../flows/recording.ts'
import { problem } from '../problem.ts'
import type { AttemptStore } from './attempt-store.ts'
import type { AttemptContext } from './grants/attempt-context.ts'
import type { OtherAccount } from './other-account.ts'

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

export interface RunningAttempts {
  begin(id: string, running: Pick<Running, 'abort' | 'ended'>): void
  end(id: string): void
  has(id: string): boolean
  /** The attempt's flow begins. */
  recordsIn(id: string, recording: Recording): void
  /** Sets the handler for pasted text; `null` to remove it. */
  onPaste(id: string, take: ((text: string) => void) | null): void
  /** Throws `conflict` if the attempt takes no pasted answer. */
  paste(id: string, text: string): void
  /** Asks the person about tokens of another account, which are stored in a connection of their own meanwhile. */
  ask(attemptContext: AttemptContext, otherAccount: OtherAccount): Promise<AccountDecision>
  /** Answers `ask` and waits until the attempt has ended. Throws `conflict` if nothing is asked. */
  decide(id: string, choice: AccountDecision): Promise<void>
  /** Does nothing if the attempt does not wait for the person. */
  cancel(id: string): void
  /** When `left` is aborted, cancels the attempt if it waits for the person, and forgets it then. */
  cancelWhenLeft(id: string, left: AbortSignal): Promise<void>
  /** Cancels those that wait for the person, and waits until all have ended. */
  close(): Promise<void>
}

export function createRunningAttempts(attemptStore: Pick<AttemptStore, 'views' | 'set' | 'remove'>): RunningAttempts {
  const running = new Map<string, Running>()

  const viewOf = (id: string) => attemptStore.views().find((one) => one.id === id)

  function cancelUnlessSending(id: string, abort: AbortController): void {
    const attempt = viewOf(id)
    if (!attempt || isWaiting(attempt) || attempt.state === 'asking_account') abort.abort()
  }

  return {
    begin: (id, entry) => void running.set(id, entry),
    end: (id) => void running.delete(id),
    has: (id) => running.has(id),
    recordsIn(id, recording) {
      const entry = running.get(id)
      if (entry) entry.recording = recording
    },
    onPaste(id, take) {
      const entry = running.get(id)
      if (entry) entry.paste = take
    },
    paste(id, text) {
      const take = running.get(id)?.paste
      if (!take) throw problem('conflict', 'This attempt is not waiting for an answer any more.')
      take(text)
    },
    async ask({ id, common, recording }, { existing, ...question }) {
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
    },
    async decide(id, choice) {
      const entry = running.get(id)
      if (!entry?.decide) throw problem('conflict', 'This attempt asks nothing any more.')
      entry.decide(choice)
      await entry.ended
    },
    cancel(id) {
      const attempt = viewOf(id)
      const entry = running.get(id)
      if (!entry || entry.abort.signal.aborted || !attempt || !isWaiting(attempt)) return
      if (entry.recording) recordCancelled(entry.recording)
      entry.abort.abort()
    },
    async cancelWhenLeft(id, left) {
      const entry = running.get(id)
      if (!entry) return
      const leave = () => cancelUnlessSending(id, entry.abort)
      if (left.aborted) leave()
      left.addEventListener('abort', leave, { once: true })
      await entry.ended
      left.removeEventListener('abort', leave)
      const attempt = viewOf(id)
      if (left.aborted && attempt?.state === 'failed' && attempt.failure.kind === 'cancelled') attemptStore.remove(id)
    },
    async close() {
      for (const [id, entry] of running) {
        entry.unattended = true
        cancelUnlessSending(id, entry.abort)
      }
      await Promise.all([...running.values()].map(({ ended }) => ended))
    },
  }
}
