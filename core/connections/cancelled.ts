// What is told of an act on a connection that was cancelled while it waited. A request that had left may have been taken
// all the same: then nobody knows what the service did, and the words say so.
import { Problem, problem } from '../problem.ts'

type Cancellable = 'refresh' | 'revoke' | 'identify'

const words: Record<Cancellable, Record<'untaken' | 'inDoubt', [happened: string, remedy?: string]>> = {
  refresh: {
    untaken: ['The refresh was cancelled before the service had taken it, so nothing changed.'],
    inDoubt: [
      'The refresh was cancelled before its answer came; the tokens here are as they were.',
      'The service may have issued new ones that never arrived: refresh again to find out.',
    ],
  },
  revoke: {
    untaken: ['The revocation was cancelled before the service had taken it, so nothing was revoked.'],
    inDoubt: [
      'The revocation was cancelled before it was confirmed, so the tokens may be revoked at the service.',
      'Revoke again to be sure that they are; or refresh to find out.',
    ],
  },
  identify: {
    untaken: ['Asking the API was cancelled, so nothing changed.'],
    inDoubt: ['Asking the API was cancelled, so nothing changed.'],
  },
}

/** Whether somebody ended what was waited for. */
export function isCancelled(error: unknown): error is Problem {
  return error instanceof Problem && error.failure.kind === 'cancelled'
}

/** A cancellation in the words of its act, `inDoubt` where the service may have taken it; every other error as it is. */
export function inWordsOf(act: Cancellable, error: unknown, inDoubt: boolean): unknown {
  if (!isCancelled(error)) return error
  return problem('cancelled', ...words[act][inDoubt ? 'inDoubt' : 'untaken'])
}
