// The last act before the process ends: everything is closed, and answers that are on their way are waited for, because an
// answer that comes to nobody is tokens lost. Refuses to end over tokens that cannot be written before the person said so.
import type { Log } from '../core/ports.ts'
import { Problem } from '../core/problem.ts'

/** What is closed. */
export interface Open {
  /** Throws `conflict` over tokens that cannot be written. */
  close(): Promise<unknown>
  closeEvenIfLost(): Promise<unknown>
}

/** The person, when there is something to know or to decide. */
export interface Leaver {
  /** Says that an answer is waited for until `over` is aborted; settles when the person wants to go at once. */
  mayGoAtOnce(over: AbortSignal): Promise<void>
  /** Whether to go although it loses tokens: why, and what to do about it. */
  mayLose(why: string, remedy: string): Promise<boolean>
}

/** Closing is writing a file and ending a listener; longer than this (ms) and something is waited for. */
const unremarkable = 1_500

/** Closes; settles when the process may end. */
export async function leave(open: Open, leaver: Leaver, log: Log, timeout = unremarkable): Promise<void> {
  for (;;) {
    const failure = await patiently(() => open.close(), leaver, timeout).catch((error: unknown) => error)
    if (failure === undefined) return
    if (!isAboutTokens(failure)) {
      log.write('error', 'not everything could be closed')
      return
    }
    const { message, remedy = '' } = failure.failure
    if (!(await leaver.mayLose(message, remedy))) continue
    await patiently(() => open.closeEvenIfLost(), leaver, timeout).catch(() => {
      log.write('error', 'not everything could be closed')
    })
    return
  }
}

async function patiently(close: () => Promise<unknown>, leaver: Leaver, timeout: number): Promise<undefined> {
  const over = new AbortController()
  const wentAtOnce = Promise.withResolvers<void>()
  const timer = setTimeout(() => leaver.mayGoAtOnce(over.signal).then(wentAtOnce.resolve, () => undefined), timeout)
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
