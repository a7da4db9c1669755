// Shuts down before the process ends. Waits for responses still on their way, because a response that nobody receives is
// lost tokens, and asks the person before it quits with tokens that could not be written.
import type { Log } from '../core/ports.ts'
import { Problem } from '../core/problem.ts'

/** What is closed before the process ends. */
export interface Open {
  /** Throws `conflict` if tokens cannot be written. */
  close(): Promise<unknown>
  closeEvenIfLost(): Promise<unknown>
}

/** How the person is informed and asked. */
export interface QuitDialogs {
  /** Says that a response is being waited for, until `over` is aborted; settles if the person wants to quit right away. */
  mayGoAtOnce(over: AbortSignal): Promise<void>
  /** Asks whether to quit although tokens will be lost. */
  mayLose(why: string, remedy: string): Promise<boolean>
}

/** Closing takes longer than this (ms) only if it is waiting for a response. */
const unremarkable = 1_500

/** Closes everything; settles when the process may end. */
export async function leave(open: Open, dialogs: QuitDialogs, log: Log, timeout = unremarkable): Promise<void> {
  for (;;) {
    const failure = await closeOrQuit(() => open.close(), dialogs, timeout).catch((error: unknown) => error)
    if (failure === undefined) return
    if (!isAboutTokens(failure)) {
      log.write('error', 'not everything could be closed')
      return
    }
    const { message, remedy = '' } = failure.failure
    if (!(await dialogs.mayLose(message, remedy))) continue
    await closeOrQuit(() => open.closeEvenIfLost(), dialogs, timeout).catch(() => {
      log.write('error', 'not everything could be closed')
    })
    return
  }
}

async function closeOrQuit(close: () => Promise<unknown>, dialogs: QuitDialogs, timeout: number): Promise<undefined> {
  const over = new AbortController()
  const wentAtOnce = Promise.withResolvers<void>()
  const timer = setTimeout(() => dialogs.mayGoAtOnce(over.signal).then(wentAtOnce.resolve, () => undefined), timeout)
  try {
    await Promise.race([close(), wentAtOnce.promise])
  } finally {
    clearTimeout(timer)
    over.abort()
  }
}

function isAboutTokens(error: unknown): error is Problem {
  return error instanceof Problem && error.failure.kind === 'conflict'
}
