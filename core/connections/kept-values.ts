// The values that a connection keeps for its requests to the API, as its service's description declares them.
import type { Service } from '../../contract/service.ts'
import type { Recording } from '../flows/recording.ts'
import { keptInRedirect, keptPlaces } from '../oauth/kept-values.ts'
import type { ConnectionRecord } from '../records.ts'

export type Kept = Pick<ConnectionRecord, 'kept' | 'keptFromRedirect'>

interface Brought {
  /** From the answer. */
  kept: Record<string, string>
  /** The parameters of the redirect, where there was one. */
  redirected?: Record<string, string>
}

export const nothingKept: Kept = { kept: {}, keptFromRedirect: [] }

/** What to keep of an answer and its redirect, beside what was kept `before`; records which were found. */
export function keptFrom(
  { tokenResponse }: Pick<Service, 'tokenResponse'>,
  { kept: answered, redirected = {} }: Brought,
  before: Kept,
  { check, text }: Pick<Recording, 'check' | 'text'>,
): Kept {
  const keep = tokenResponse?.keep ?? []
  const names = keptPlaces(keep).map(([name]) => name)
  if (names.length === 0) return nothingKept
  const fromAnswer = withoutSecrets(answered, text)
  const fromRedirect = withoutSecrets(keptInRedirect(keep, redirected), text)
  const kept = { ...before.kept, ...fromRedirect, ...fromAnswer }
  const redirectNames = new Set([...before.keptFromRedirect, ...Object.keys(fromRedirect)])
  const found = names.filter((name) => Object.hasOwn(kept, name))
  const isWhole = found.length === names.length
  check({
    which: 'kept_values',
    expected: names,
    found,
    ...(isWhole ? { result: 'passed' } : { result: 'unconfirmed', reason: 'missing' }),
  })
  return { kept, keptFromRedirect: [...redirectNames].filter((name) => !Object.hasOwn(fromAnswer, name)) }
}

/** They are shown, and a server could put a token among them. */
function withoutSecrets(values: Record<string, string>, text: Recording['text']): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => text(value) === value))
}
