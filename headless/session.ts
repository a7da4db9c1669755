// Gives a command a door to the unlocked vault: asks for the passphrase, and reconnects when the host behind it stops.

import { homedir } from 'node:os'
import type { Door } from '../contract/caller.ts'
import type { Snapshot } from '../contract/change.ts'
import { clockTime } from '../contract/moment.ts'
import type { VaultStatus } from '../contract/vault.ts'
import { vaultFolder } from '../core/folder.ts'
import { CommandError, unwrap } from './command-error.ts'
import { connectToHost } from './connect-to-host.ts'
import { heldBy } from './holder-words.ts'
import { isMissingIn, missingFolders, noVault, removeIfEmpty, type WhenMissing } from './missing-vault.ts'
import { note, plainLine } from './output.ts'
import { canAsk } from './prompt.ts'
import { reconnectingDoor } from './reconnecting-door.ts'
import { createSecretInput, type SecretInput, type SecretOptions } from './secret-input.ts'

export interface Session {
  door: Door
  secrets: SecretInput
  /** Resolves when the other host stops; never if this process is the host. */
  ended(): Promise<void>
}

export interface SessionNeeds {
  /** Whether the command also works on a locked vault. */
  allowsLocked?: boolean
  /** Whether it is for a damaged vault: no passphrase is asked for. */
  allowsBroken?: boolean
  /** Whether it creates the vault if there is none. */
  makesVault?: boolean
  /** Where its secrets come from, if something was asked of them before. */
  secrets?: SecretInput
  /** Whether it also works without a vault. */
  allowsMissing?: boolean
  /** Whether it takes long, so that another command's short-lived host is a bad choice. */
  lasting?: boolean
  /** Whether it shows the keychain's current name. */
  showsKeychain?: boolean
}

const tries = 3

export function ownFolder(): string {
  return vaultFolder(process.env, process.platform, homedir())
}

/** Runs `work` with a door to the vault, and always releases the vault afterwards. */
export async function withSession<T>(
  options: SecretOptions,
  work: (session: Session) => Promise<T>,
  needs: SessionNeeds = {},
): Promise<T> {
  const { secrets = createSecretInput(options) } = needs
  const { allowsBroken, allowsLocked, allowsMissing, makesVault = false, lasting = false, showsKeychain } = needs
  const opens = !allowsBroken && (!allowsLocked || secrets.passphraseGiven)
  const whenMissing = makesVault ? 'make' : allowsLocked || allowsMissing ? 'do_without' : 'refuse'
  const missing = missingFolders(ownFolder())
  const reach = () => connectToHost(ownFolder(), { lasting, whenMissing, showsKeychain })
  const { door, ended, close } = await reconnectingDoor(reach, async (entered) => {
    if (opens) await openVault(entered, secrets, whenMissing)
  }).catch((error: unknown) => {
    removeIfEmpty(missing)
    throw error
  })
  try {
    return await work({ door, secrets, ended })
  } finally {
    await close()
  }
}

/**
 * Prepares with what there is, then acts with an open vault. Where there is none it is made in between, so that a command that
 * fails on its arguments makes nothing.
 */
export async function withNewVault<Prepared, T>(
  options: SecretOptions,
  prepare: (session: Session) => Promise<Prepared>,
  act: (session: Session, prepared: Prepared) => Promise<T>,
  needs: SessionNeeds = {},
): Promise<T> {
  const secrets = createSecretInput(options)
  const making = { ...needs, secrets, makesVault: true }
  if (!isMissingIn(ownFolder())) {
    return withSession(options, async (session) => act(session, await prepare(session)), making)
  }
  const prepared = await withSession(options, prepare, { ...needs, secrets, allowsMissing: true })
  return withSession(options, (session) => act(session, prepared), making)
}

export async function snapshotOf(door: Door): Promise<Snapshot> {
  return unwrap(await door.call('app.snapshot', {}))
}

/** Unlocks the vault, or throws why it stays locked. */
export async function openVault(door: Door, secrets: SecretInput, whenMissing: WhenMissing = 'make'): Promise<void> {
  const found = unwrap(await door.call('vault.status', {}))
  // A host whose file was changed by somebody else, or taken away, reads it anew when it is asked to.
  const vault = found.state === 'broken' ? unwrap(await door.call('vault.retry', {})) : found
  if (vault.state === 'open') return
  if (vault.state === 'new') {
    if (whenMissing === 'refuse') throw noVault(ownFolder())
    return whenMissing === 'make' ? createVault(door, vault.why, secrets) : undefined
  }
  if (vault.state === 'locked') return unlockVault(door, vault, secrets)
  if (vault.state === 'busy') throw heldBy(vault.holder)
  throw brokenVault(vault)
}

/** The error of a vault that cannot be opened, with what to do and the file. */
export function brokenVault({ why, remedy, file, lastGood }: Extract<VaultStatus, { state: 'broken' }>): CommandError {
  const how = lastGood
    ? `That copy was written ${clockTime(lastGood.writtenAt)}; “grantdesk vault recover” puts it there. `
    : ''
  return new CommandError(`The vault cannot be opened: ${why}`, `${remedy} ${how}The vault’s file is ${file}`)
}

/** A vault that no keychain protects, and nobody to ask for a passphrase. `why` is the vault's. */
export function passphraseNeeded(why: string): CommandError {
  return new CommandError(
    `A passphrase is needed to make the vault: ${why}`,
    'Give it by --passphrase-stdin or --passphrase-fd, or run this in a terminal.',
  )
}

async function createVault(door: Door, why: string, secrets: SecretInput): Promise<void> {
  if (!secrets.passphraseGiven) {
    if (!secrets.newPassphraseGiven() && !canAsk()) {
      throw passphraseNeeded(why)
    }
    note(`${why} A new vault is made in ${plainLine(ownFolder())}, protected by a passphrase.`)
  }
  unwrap(await door.call('vault.create', { passphrase: await secrets.newPassphrase() }))
}

type Locked = Extract<VaultStatus, { state: 'locked' }>

async function unlockVault(door: Door, { why, slots, reason }: Locked, secrets: SecretInput): Promise<void> {
  const locked = reason === 'locked_by_hand' ? 'The vault is locked.' : `The vault is locked: ${why}`
  const shutForAll = reason === 'locked_by_hand' || reason === 'locked_by_itself'
  if (!secrets.passphraseGiven && !canAsk() && shutForAll) {
    throw new CommandError(
      locked,
      'Unlock it where it was locked, run this in a terminal, or give its passphrase by --passphrase-stdin.',
    )
  }
  if (!slots.some((slot) => slot.kind === 'passphrase')) {
    const retried = unwrap(await door.call('vault.retry', {}))
    if (retried.state === 'open') return
    throw new CommandError(locked, 'Unlock the keychain it is protected by, and try again.')
  }
  if (!secrets.passphraseGiven && !canAsk()) {
    throw new CommandError(
      locked,
      'Give its passphrase by --passphrase-stdin or --passphrase-fd, or run this in a terminal.',
    )
  }
  for (let left = secrets.passphraseGiven ? 1 : tries; ; left -= 1) {
    const passphrase = await secrets.passphrase('Passphrase of the vault: ')
    const answer = await door.call('vault.unlock', { passphrase })
    if (answer.ok) return
    if (answer.failure.kind !== 'wrong_passphrase' || left <= 1) unwrap(answer)
    note('That is not the passphrase of this vault.')
  }
}
