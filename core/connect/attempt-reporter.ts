// How a running attempt reports its state to the attempt store, and opens the browser.
import type { Attempt } from '../../contract/attempt.ts'
import type { Browser, Clock } from '../ports.ts'
import type { AttemptStore } from './attempt-store.ts'
import type { AttemptContext } from './grants/attempt-context.ts'
import type { AttemptReporter } from './grants/grant-handler.ts'

interface Parts {
  clock: Clock
  attemptStore: AttemptStore
  browser: Browser
  /** Called with each state that is shown. */
  onShow(attempt: Attempt): void
  onPaste: AttemptReporter['onPaste']
}

export function createAttemptReporter(
  { id, input, signal }: Pick<AttemptContext, 'id' | 'input' | 'signal'>,
  { clock, attemptStore, browser, onShow, onPaste }: Parts,
): AttemptReporter {
  async function sendBrowser(url: string, failed?: () => void): Promise<void> {
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

  return {
    clock,
    show(attempt) {
      const before = attemptStore.views().find((one) => one.id === id)
      // Keep saying that the browser did not open while the attempt waits.
      const failed = before?.state === attempt.state && 'browserFailed' in before ? before.browserFailed : null
      onShow(attemptStore.set('browserFailed' in attempt ? { ...attempt, browserFailed: failed } : attempt))
    },
    showUnproven(unproven) {
      const attempt = attemptStore.views().find((one) => one.id === id)
      if (attempt?.state === 'awaiting_redirect') attemptStore.set({ ...attempt, unproven })
    },
    browse(url, failed) {
      const opens = input.openBrowser && !signal.aborted
      if (opens) void sendBrowser(url, failed)
      return opens
    },
    receive: browser.receive,
    onPaste,
  }
}
