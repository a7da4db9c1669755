// Records checks of what a token response and the API say about the tokens against what was requested and known. Only
// records: keep-tokens.ts decides what to do about it.
import type { Account, Workspace } from '../../contract/connection.ts'
import type { CheckFacts } from '../flows/recording.ts'
import { isSameAccount } from './account.ts'
import type { Identity } from './identify.ts'

interface Checks {
  check(facts: CheckFacts): void
}

type Outcome = Pick<CheckFacts, 'result' | 'reason'>

/** `granted` is `null` if the token response does not say. @see RFC 6749 §3.3 and §5.1 */
export function checkScopes({ check }: Checks, requested: string[], granted: string[] | null): void {
  check({ which: 'scope', expected: requested, found: granted, ...scopesOutcome(requested, granted) })
}

function scopesOutcome(expected: string[], found: string[] | null): Outcome {
  if (found === null) return { result: 'unconfirmed', reason: 'not_said' }
  const named = expected.filter((scope) => scope !== '*')
  if (named.length === 0) return { result: 'skipped', reason: 'nothing_requested' }
  if (named.some((scope) => !found.includes(scope))) return { result: 'failed', reason: 'missing' }
  return { result: 'passed', reason: found.some((scope) => !expected.includes(scope)) ? 'additional' : null }
}

/** What was known before the API was asked. */
export interface KnownIdentity {
  account: Account | null
  workspace: Workspace | null
  /** The granted scopes, as far as known. */
  scopes: string[]
}

export function checkIdentity({ check }: Checks, identity: Identity, before: KnownIdentity): void {
  const { account, workspace, workspaces, reported } = identity
  const names = { expected: before.account?.name ?? null, found: account?.name ?? null }
  check({ which: 'account', ...names, ...accountOutcome(identity, before.account) })
  if (reported !== null) {
    const scopes = { expected: before.scopes, found: reported }
    check({ which: 'reported_scope', ...scopes, ...scopesOutcome(before.scopes, reported) })
  }
  if (workspaces.length > 0) {
    const workspaceNames = { expected: before.workspace?.name ?? null, found: workspace?.name ?? null }
    check({ which: 'workspace', ...workspaceNames, ...workspaceOutcome(workspace, before.workspace) })
  }
}

function accountOutcome({ account, status }: Identity, before: Account | null): Outcome {
  if (status === null && account === null) return { result: 'unconfirmed', reason: 'not_answered' }
  if (account === null) return { result: 'unconfirmed', reason: 'not_said' }
  if (before === null) return { result: 'passed', reason: 'first_seen' }
  return isSameAccount(before, account) ? { result: 'passed' } : { result: 'failed', reason: 'different' }
}

function workspaceOutcome(workspace: Workspace | null, before: Workspace | null): Outcome {
  if (workspace === null) return { result: 'unconfirmed', reason: 'undecided' }
  const isKnown = before !== null && (before.id === null || before.id === workspace.id)
  return { result: 'passed', reason: isKnown ? null : 'first_seen' }
}
