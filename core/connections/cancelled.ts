// The message when an operation on a connection is cancelled while it waits. If a request had been sent, the service may
// have carried it out anyway, and the message says so.
import { Problem, problem } from '../problem.ts'

type Cancellable = 'refresh' | 'revoke' | 'identify'

const words: Record<Cancellable, Record<'notProcessed' | 'outcomeUnknown', [happened: string, remedy?: string]>> = {
  refresh: {
    notProcessed: ['The refresh was cancelled before the service had taken it, so nothing changed.'],
    outcomeUnknown: [
      'The refresh was cancelled before its answer came; the tokens here are as they were.',
      'The service may have issued new ones that never arrived: refresh again to find out.',
    ],
  },
  revoke: {
    notProcessed: ['The revocation was cancelled before the service had taken it, so nothing was revoked.'],
    outcomeUnknown: [
      'The revocation was cancelled before it was confirmed, so the tokens may be revoked at the service.',
      'Revoke again to be sure that they are; or refresh to find out.',
    ],
  },
  identify: {
    notProcessed: ['Asking the API was cancelled, so nothing changed.'],
    outcomeUnknown: ['Asking the API was cancelled, so nothing changed.'],
  },
}

/** Whether an operation was cancelled. */
export function isCancelled(error: unknown): error is Problem {
  return error instanceof Problem && error.failure.kind === 'cancelled'
}

/** Words a cancellation for its operation; `outcomeUnknown` if the service may have carried it out. Returns other errors unchanged. */
export function cancellationMessage(operation: Cancellable, error: unknown, outcomeUnknown: boolean): unknown {
  if (!isCancelled(error)) return error
  return problem('cancelled', ...words[operation][outcomeUnknown ? 'outcomeUnknown' : 'notProcessed'])
}
