// Refuses all calls except those that open the vault, while it is locked or otherwise closed after it was open. Also withholds
// results of calls that began before. Depends only on the vault's status, whatever the application still has in memory.
import type { VaultStatus } from '../../contract/vault.ts'
import { problem } from '../problem.ts'
import type { Vault } from '../vault/vault.ts'
import { obstacleProblem } from '../vault/vault-problems.ts'
import type { Dispatch } from './dispatch.ts'

/** Procedures that reveal nothing from the vault. */
const free = /^(?:(?:app|vault|practice|links)\.|services\.export$)/

/** Wraps `dispatch`; refuses calls while `vault` is locked, or not open any more. */
export function lockedDoor(dispatch: Dispatch, vault: Pick<Vault, 'status' | 'onStatus'>): Dispatch {
  let locks = 0
  let wasOpen = vault.status().state === 'open'
  vault.onStatus(({ state }: VaultStatus) => {
    if (state === 'locked') locks += 1
    if (state === 'open') wasOpen = true
  })
  return async (name, input, caller, left) => {
    if (free.test(name)) return dispatch(name, input, caller, left)
    const status = vault.status()
    if (status.state === 'locked' || (wasOpen && status.state !== 'open'))
      return { ok: false, failure: obstacleProblem(status).failure }
    const before = locks
    const answer = await dispatch(name, input, caller, left)
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
