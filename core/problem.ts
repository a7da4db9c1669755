// The one exception that core throws on purpose: a Failure on its way to the door.
import type { Failure, FailureKind } from '../contract/failure.ts'

export class Problem extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.message)
    this.name = 'Problem'
    this.failure = failure
  }
}

type SimpleKind = Exclude<FailureKind, 'invalid_input' | 'refused' | 'unexpected_answer' | 'network' | 'internal'>

/** A Problem of a kind that has no fields of its own. */
export function problem(kind: SimpleKind, message: string, remedy?: string): Problem {
  return new Problem({ kind, message, remedy })
}

/** A Problem about one field of what the person typed. */
export function invalid(path: string, message: string, remedy?: string): Problem {
  return new Problem({ kind: 'invalid_input', message, remedy, issues: [{ path, message }] })
}

/** `undefined` for a record that cannot be opened; every other trouble is thrown on. */
export function ifDamaged(error: unknown): undefined {
  if (error instanceof Problem && error.failure.kind === 'vault_broken') return undefined
  throw error
}

/** Whether a server answered with a redirect, which is followed nowhere that a credential could be carried to. */
export function isRedirected(error: unknown): boolean {
  if (!(error instanceof Problem) || error.failure.kind !== 'unexpected_answer') return false
  const { status } = error.failure
  return status !== null && status >= 300 && status < 400
}
