// The door while the vault is locked: shut for all but what opens it. Owns the answer to what was asked before the lock and
// comes after it, which stays inside; refuses by the vault's word alone, whatever the application still holds in memory.
import type { VaultStatus } from '../../contract/vault.ts'
import { problem } from '../problem.ts'
import type { Vault } from '../vault/vault.ts'
import { lockedVault } from '../vault/vault-problems.ts'
import type { Dispatch } from './dispatch.ts'

/** What tells nothing that the vault holds. */
const free = /^(?:(?:app|vault|practice|links)\.|services\.export$)/

/** `dispatch` behind a door that is shut while `vault` is locked. */
export function lockedDoor(dispatch: Dispatch, vault: Pick<Vault, 'status' | 'onStatus'>): Dispatch {
  let locks = 0
  vault.onStatus(({ state }: VaultStatus) => {
    if (state === 'locked') locks += 1
  })
  return async (name, input, caller) => {
    if (free.test(name)) return dispatch(name, input, caller)
    if (vault.status().state === 'locked') return { ok: false, failure: lockedVault().failure }
    const before = locks
    const answer = await dispatch(name, input, caller)
    return answer.ok && locks !== before ? { ok: false, failure: lockedMeanwhile().failure } : answer
  }
}

function lockedMeanwhile() {
  return problem(
    'vault_locked',
    'The vault was locked while this was under way. What the service answered is kept.',
    'Unlock the vault to see what came of it.',
  )
}
