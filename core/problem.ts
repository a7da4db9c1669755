// The only exception that core throws on purpose: it carries a Failure to the caller.
import type { Failure, FailureKind } from '../contract/failure.ts'

export class Problem extends Error {
  readonly failure: Failure
  /** The parts of its message and remedy that are not ours, such as what a server said. */
  readonly outside: readonly string[]

  constructor(failure: Failure, outside: readonly string[] = []) {
    super(failure.message)
    this.name = 'Problem'
    this.failure = failure
    this.outside = outside
  }

  /** The same problem with another failure: what of its sentences is not ours stays known. `more` are further such parts. */
  as(failure: Failure, more: readonly string[] = []): Problem {
    return new Problem(failure, [...this.outside, ...more])
  }
}

type SimpleKind = Exclude<FailureKind, 'invalid_input' | 'refused' | 'unexpected_answer' | 'network' | 'internal'>

/** A Problem of a kind without fields of its own. */
export function problem(kind: SimpleKind, message: string, remedy?: string): Problem {
  return new Problem({ kind, message, remedy })
}

/** A Problem about one input field. */
export function invalid(path: string, message: string, remedy?: string): Problem {
  return new Problem({ kind: 'invalid_input', message, remedy, issues: [{ path, message }] })
}

/** `undefined` for a damaged record; rethrows every other error. */
export function ifDamaged(error: unknown): undefined {
  if (error instanceof Problem && error.failure.kind === 'vault_broken') return undefined
  throw error
}

/** Throws if something is to be saved over a damaged record that holds more than what is saved. */
export function unlessDamaged(damage: { failure: Failure } | null): void {
  if (damage === null) return
  const { message, remedy } = damage.failure
  throw problem('vault_broken', `${message} Nothing was saved.`, remedy)
}

/** Whether a server answered with a redirect that was not followed, because it could leak credentials. */
export function isRedirected(error: unknown): boolean {
  if (!(error instanceof Problem) || error.failure.kind !== 'unexpected_answer') return false
  const { status } = error.failure
  return status !== null && status >= 300 && status < 400
}
