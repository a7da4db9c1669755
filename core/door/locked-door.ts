// The door while the vault is locked, or shut for another reason after it was open: shut for all but what opens it. Owns the answer to what was asked before the lock and
// comes after it, which stays inside; refuses by the vault's word alone, whatever the application still holds in memory.
import type { VaultStatus } from '../../contract/vault.ts'
import { problem } from '../problem.ts'
import type { Vault } from '../vault/vault.ts'
import { obstacleProblem } from '../vault/vault-problems.ts'
import type { Dispatch } from './dispatch.ts'

/** What tells nothing that the vault holds. */
const free = /^(?:(?:app|vault|practice|links)\.|services\.export$)/

/** `dispatch` behind a door that is shut while `vault` is locked, and while one that was open before is not. */
export function lockedDoor(dispatch: Dispatch, vault: Pick<Vault, 'status' | 'onStatus'>): Dispatch {
  let locks = 0
  let wasOpen = vault.status().state === 'open'
  vault.onStatus(({ state }: VaultStatus) => {
    if (state === 'locked') locks += 1
    if (state === 'open') wasOpen = true
  })
  return async (name, input, caller) => {
    if (free.test(name)) return dispatch(name, input, caller)
    const status = vault.status()
    if (status.state === 'locked' || (wasOpen && status.state !== 'open'))
      return { ok: false, failure: obstacleProblem(status).failure }
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
