// The vault's refusals in words: what happened, whose doing it was, what to do next. Quotes no error of the system's.
import type { Holder, VaultStatus } from '../../contract/vault.ts'
import { Problem, problem } from '../problem.ts'

const hostNames: Record<Holder['host'], string> = {
  desktop: 'the Grantdesk window',
  serve: 'grantdesk serve',
  command: 'a grantdesk command',
}

/** What every call on the records answers while the vault is not open. */
export function lockedVault(): Problem {
  return problem('vault_locked', 'The vault is locked.', 'Unlock it and try again.')
}

export function busyVault(holder: Holder): Problem {
  return problem(
    'vault_busy',
    `The vault is in use by ${hostNames[holder.host]} (process ${holder.pid} on ${holder.machine}).`,
    'Use that one, or close it first.',
  )
}

export function vaultExists(): Problem {
  return problem('conflict', 'There is a vault already.', 'Unlock it instead.')
}

/** Why a vault in this state can be neither made nor unlocked. */
export function obstacleProblem(status: VaultStatus): Problem {
  if (status.state === 'busy') return busyVault(status.holder)
  if (status.state === 'broken') return problem('vault_broken', status.why, `The file is ${status.file}.`)
  return lockedVault()
}

/** A record that is not what was put there under its name. */
export function brokenRecord(name: string): Problem {
  return problem(
    'vault_broken',
    `The record ${name} in the vault cannot be opened: it was changed, or it belongs to another place or another vault.`,
    'Put back the vault file from a backup, or remove this entry and connect again.',
  )
}

/** A write that did not happen. */
export function unwritten(error: unknown): Problem {
  if (error instanceof Problem) return error
  return problem(
    'vault_broken',
    `The vault could not be written${errorCode(error)}. Nothing was changed.`,
    'See that the disk has room and that the vault’s folder can be written to, then try again.',
  )
}

/** The system's own short code, such as ENOSPC, in brackets; its messages may quote what was being written. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : ''
}
