// The vault's error messages: what happened, why, and what to do next. Never quotes the system's errors.
import { listKind, type RecordProblem } from '../../contract/damage.ts'
import { type Holder, howToFree, type VaultStatus } from '../../contract/vault.ts'
import { Problem, problem } from '../problem.ts'
import { errorCode, systemRemedy } from './system-error.ts'

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
    howToFree(holder),
  )
}

export function vaultExists(): Problem {
  return problem('conflict', 'There is a vault already.', 'Unlock it instead.')
}

/** Why a vault in this state can be neither made nor unlocked. */
export function obstacleProblem(status: VaultStatus): Problem {
  if (status.state === 'busy') return busyVault(status.holder)
  if (status.state === 'broken')
    return problem('vault_broken', status.why, `${status.remedy} The file is ${status.file}.`)
  return lockedVault()
}

/** What a record is called in a sentence; one of another kind is called by its name in the file. */
const subjects: Record<string, string | undefined> = {
  tokens: 'The record of the tokens',
  client_secret: 'The record of the client secret',
  connection: 'The record of the connection',
  client: 'The record of the client',
  service: 'The record of the service',
  settings: 'The record of the settings',
  service_certificates: 'The record of the service’s certificates',
  webhook: 'The record of the service’s webhook secrets',
  proxy_password: 'The record of the proxy’s password',
  connect_intent: 'The note of a connection that was being made',
  index: 'The list of the vault’s records, or a part of it,',
  check: 'The check of the vault’s key',
  slot: 'The entry of a way to open the vault',
}

function subjectOf(name: string): string {
  return subjects[kindOf(name)] ?? `The record ${printable(name)}`
}

function kindOf(name: string): string {
  return name.slice(0, Math.max(0, name.indexOf(':')))
}

const recordWords: Record<RecordProblem, string> = {
  damaged: 'cannot be opened: it was changed or damaged in the vault’s file',
  other_version: 'is an older version, or another one, than the vault stored last',
  missing: 'was taken out of the vault’s file',
  unlisted: 'was brought into the vault’s file: the vault had removed it, or never stored it',
  unverified:
    'is not used: the vault’s list of its records is damaged or was taken out, so nobody can say whether it is the version that was stored last',
  unreadable: 'cannot be read by this version of Grantdesk',
  incomplete: 'cannot be opened, and records that it named are not in the vault’s file any more',
}

/** What is left to do for a record that the last good copy does not have as it was stored last. */
const restWords: Record<string, string | undefined> = {
  tokens: 'Reconnect, or remove the connection.',
  client_secret: 'Enter the client secret again.',
  connection: 'Remove it and connect again, or restore it from a backup.',
  client: 'Remove it and enter the client again, or restore it from a backup.',
  service: 'Remove it and import the service again, or restore it from a backup.',
  settings:
    'Remove it (“Remove” in the window, or “grantdesk remove settings”): the usual settings hold then, to be changed as you want them.',
  proxy_password: 'Enter the password again.',
  webhook: 'Remove it and enter the secrets of its webhooks again.',
  service_certificates: 'Remove it and set the certificates again.',
}

/** What can be done about an unused record. The window’s button and the command do the same. */
function recordRemedy(name: string, reason: RecordProblem, recoverable: boolean): string {
  const left = restWords[kindOf(name)] ?? 'Remove it.'
  const how = '(“Recover” in the window, or “grantdesk vault recover”)'
  if (kindOf(name) === 'check' || kindOf(name) === 'slot') {
    return `The vault was opened all the same. Recovering it writes this anew ${how}; so does the next change.`
  }
  if (kindOf(name) === listKind) {
    const lost =
      reason === 'incomplete' ? ' Look whether all that you had is there; what is not, a backup may have.' : ''
    return `Recovering the vault makes it whole ${how}: from the last good copy where that has it, else from the records as they are.${lost}`
  }
  if (reason === 'unreadable')
    return `A newer Grantdesk may have written it: update Grantdesk. If that does not help: ${left}`
  if (!recoverable) return `The last good copy does not have it as it was stored last. ${left}`
  if (reason === 'unlisted') return `Recovering the vault takes it out ${how}.`
  if (reason === 'unverified') return `Recovering the vault takes it as it is ${how}; or: ${left}`
  return `The last good copy has it: recover it ${how}.`
}

/** A record that is not what was stored last under its name; `recoverable`: recovering the vault makes it whole. */
export function brokenRecord(name: string, reason: RecordProblem = 'damaged', recoverable = false): Problem {
  return problem(
    'vault_broken',
    `${subjectOf(name)} in the vault ${recordWords[reason]}.`,
    recordRemedy(name, reason, recoverable),
  )
}

/** Removing what is whole as if it were damaged. */
export function notDamaged(name: string): Problem {
  return problem('conflict', `${subjectOf(name)} in the vault is whole, or not there. Nothing was removed.`)
}

/** Removing what belongs to the file itself. */
export function onlyRecovered(name: string): Problem {
  return problem(
    'conflict',
    `${subjectOf(name)} cannot be removed. Nothing was removed.`,
    recordRemedy(name, 'damaged', true),
  )
}

/** Removing the secret of a connection or client that stays: that would only hide the damage. */
export function stillNeeded(name: string, owner: string): Problem {
  return problem(
    'conflict',
    `${subjectOf(name)} belongs to a ${owner} that is there. Nothing was removed.`,
    recordRemedy(name, 'damaged', false),
  )
}

/** The document in memory may be the last copy: it stays readable, and nothing is written beside it. */
export function goneFile(file: string): Problem {
  return problem(
    'vault_broken',
    'The vault’s file has been taken away, so nothing more is stored. What was to be stored now is not stored.',
    `Put ${file} back where it was, then try again.`,
  )
}

/** What to do about a vault that is broken for another reason than the system's. Names no copy where the file is whole. */
export const remedies = {
  newer: 'Update Grantdesk, then try again.',
  changedOutside: 'Try again: Grantdesk then reads what the vault holds now.',
  damaged: 'Put a good copy of the file in its place, or move it away to begin anew.',
  /** A good copy lies beside it. */
  replaceable: 'The last good copy can take the place of the damaged file, which is kept beside it under another name.',
  gone: 'Put the file back where it was, then try again.',
  /** A good copy lies where it was. */
  bringable: 'The last good copy can take its place; or put the file back where it was, then try again.',
}

/** A lock that is not to be taken away by hand. */
export function keptLock(why: string, remedy?: string): Problem {
  return problem('conflict', why, remedy)
}

/** A lock that cannot even be looked at. */
export function unreadableLock(error: unknown): Problem {
  return problem('vault_broken', `The vault’s lock cannot be read${errorCode(error)}.`, systemRemedy(error))
}

/** Recovering where that would only do harm. */
export function nothingToRecover(why: string, remedy?: string): Problem {
  return problem('conflict', why, ['Nothing was changed.', remedy].filter(Boolean).join(' '))
}

/** Why recovering repairs nothing where every record opens, and what to do instead. */
export const unreadableRecords: [why: string, remedy: string] = [
  'What is damaged in the vault cannot be read by this version of Grantdesk, and the last good copy is no help.',
  'A newer Grantdesk may have written it: update Grantdesk.',
]

/** Why a vault is shut whose lock or file was changed outside. */
export const changedOutside = {
  file: 'The vault’s file was changed by somebody else while it was open here. Nothing was written over it.',
  lock: 'The lock that keeps the vault to one Grantdesk (owner.json) was removed while it was open here, so another one may have used it. Nothing was written over its file.',
}

/** A write refused because of it. */
export function changedOutsideProblem(why: string): Problem {
  return problem(
    'vault_broken',
    why,
    'What was to be stored now is not stored: open the vault again, look at what it holds, then repeat what you did.',
  )
}

/** Whether it is about what the vault holds, and not about its being locked. */
export function isBroken(error: unknown): boolean {
  return error instanceof Problem && error.failure.kind === 'vault_broken'
}

/** A record's name in ASCII: the file may have been written by anybody, and the name goes to a terminal. */
export function printable(name: string): string {
  return name.slice(0, 120).replace(/[^\x20-\x7e]/g, '?')
}

/** A write that did not happen. */
export function unwritten(error: unknown): Problem {
  if (error instanceof Problem) return error
  return problem(
    'vault_broken',
    `The vault could not be written${errorCode(error)}. What was to be stored now is not stored.`,
    systemRemedy(error),
  )
}
