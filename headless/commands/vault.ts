// `grantdesk vault`: shows and changes how the vault is unlocked. Also `grantdesk backup` and `restore`.

import type { BackupEntry } from '../../contract/backup.ts'
import type { Door } from '../../contract/caller.ts'
import { clockTime } from '../../contract/moment.ts'
import type { ProcedureInput, ProcedureOutput } from '../../contract/procedures.ts'
import { shortestPassphrase } from '../../contract/vault.ts'
import { checkPlace, writeBackup } from '../../core/backup/backup-file.ts'
import { openRemoteDoor } from '../../core/door/remote-door.ts'
import { releaseUnseen } from '../../core/vault/ownership.ts'
import { CommandError, unwrap } from '../command-error.ts'
import { confirm } from '../confirm.ts'
import { noteDamaged } from '../damage-notes.ts'
import { hostWords } from '../holder-words.ts'
import { readNamedFile } from '../named-file.ts'
import { note, plain, plainLine, print, printJson } from '../output.ts'
import { canAsk } from '../prompt.ts'
import type { SecretInput, SecretOptions } from '../secret-input.ts'
import {
  openVault,
  ownFolder,
  passphraseNeeded,
  type Session,
  snapshotOf,
  withNewVault,
  withSession,
} from '../session.ts'
import { printTable } from '../table.ts'

/** How the vault is protected, by the real backend's name. */
export function showVault(options: SecretOptions & { json?: boolean }): Promise<void> {
  const show = async (session: Session) => {
    const { vault, host, damaged } = await snapshotOf(session.door)
    noteDamaged(damaged)
    if (options.json) return printJson({ ...vault, file: host.vaultFile })
    if (vault.state !== 'open') throw new CommandError('The vault is not open.')
    print(`${host.vaultFile}, opened with ${plainLine(vault.openedWith)}`)
    const rows = vault.slots.map((slot) => [
      plainLine(slot.label),
      slot.kind,
      slot.kind === 'keychain' && !slot.openable ? 'not in this way of running' : 'yes',
      slot.id,
    ])
    printTable(['KEY SLOT', 'KIND', 'OPENS HERE', 'ID'], rows, (cell) => cell)
  }
  return withSession(options, show, { showsKeychain: true })
}

/** Sets or changes the passphrase; to change it, the present one is asked for first. */
export function setPassphrase(options: SecretOptions): Promise<void> {
  const choose = (secrets: SecretInput) => chosenPassphrase(secrets, 'New passphrase: ', options)
  let protectsNewVault = false
  return withNewVault(
    options,
    async ({ door, secrets }) => {
      const { vault } = await snapshotOf(door)
      if (vault.state !== 'new') return null
      const given = isPiped(options) || secrets.passphraseGiven
      if (!given && !canAsk()) throw passphraseNeeded(vault.why)
      const chosen = longEnough(await choose(secrets))
      // A new vault that no keychain protects gets this passphrase, and no other: none is changed then.
      secrets.answerNewPassphrase(() => {
        protectsNewVault = true
        return chosen
      })
      return chosen
    },
    async ({ door, secrets }, chosen) => {
      if (protectsNewVault) return print('A new vault is made. It opens with this passphrase.')
      const present = await presentPassphrase(door, secrets)
      const has = present !== undefined
      const passphrase = chosen ?? (await choose(secrets))
      unwrap(await door.call('vault.setPassphrase', { passphrase, present }))
      print(has ? 'The passphrase is changed.' : 'The vault opens with this passphrase, too.')
    },
  )
}

/** Said before a vault is made. */
function longEnough(passphrase: string): string {
  if (passphrase.length >= shortestPassphrase) return passphrase
  throw new CommandError('The passphrase is too short.', `At least ${shortestPassphrase} characters.`)
}

/** The vault's passphrase if it has one: asked again before everything is handed out or changed. */
async function presentPassphrase(door: Door, secrets: SecretInput): Promise<string | undefined> {
  const { vault } = await snapshotOf(door)
  const has = vault.state === 'open' && vault.slots.some(({ kind }) => kind === 'passphrase')
  return has ? await secrets.passphrase('Present passphrase of the vault: ') : undefined
}

const isPiped = ({ passwordStdin, passwordFd }: SecretOptions) => passwordStdin || passwordFd !== undefined

/** Asked twice on a terminal, because a typing error would lock the person out. */
async function chosenPassphrase(secrets: SecretInput, question: string, options: SecretOptions): Promise<string> {
  const first = await secrets.credential('password', question)
  if (isPiped(options) || (await secrets.credential('password', 'The same again: ')) === first) return first
  throw new CommandError('The two passphrases differ.', 'Start again.')
}

/** Replaces a damaged vault, which is kept, with the last good copy; if the file can be read, repairs only its damaged records. */
export function recoverVault(options: SecretOptions): Promise<void> {
  return withSession(
    options,
    async ({ door, secrets }) => {
      const found = (await snapshotOf(door)).vault
      // A host that shut the vault because its file was changed reads it anew.
      const rereads = found.state === 'broken' && found.lastGood === undefined
      const vault = rereads ? unwrap(await door.call('vault.retry', {})) : found
      // The file can be read: its damaged records are known once it is unlocked.
      if (vault.state === 'locked') await openVault(door, secrets)
      const result = unwrap(await door.call('vault.recover', {}))
      if (result.recovered.length > 0 || result.unrecoverable.length > 0) return printRecovered(result)
      const writtenAt = vault.state === 'broken' ? vault.lastGood?.writtenAt : undefined
      print(`The vault is as it was ${writtenAt === undefined ? 'when it was last written' : clockTime(writtenAt)}.`)
      if (result.keptAs !== null) note(`The damaged file is kept: ${plainLine(result.keptAs)}`)
    },
    { allowsBroken: true },
  )
}

function printRecovered({ recovered, unrecoverable, keptAs }: ProcedureOutput<'vault.recover'>): void {
  for (const { what, name } of recovered) print(`Recovered: ${what} ${plainLine(name)}`)
  if (keptAs !== null) note(`The file as it was is kept: ${plainLine(keptAs)}`)
  if (unrecoverable.length === 0) return
  note(
    'The last good copy does not have these as they were stored last; they stay damaged until you enter them, connect again, or remove them (“grantdesk remove”):',
  )
  for (const { what, name } of unrecoverable) note(`  ${what} ${plainLine(name)}`)
}

/** Removes the lock of a Grantdesk on another machine that has ended. */
export async function releaseVault(machine: string): Promise<void> {
  const remote = await openRemoteDoor(ownFolder())
  remote?.close()
  if (remote) throw new CommandError('The Grantdesk that holds this vault runs here and answers.', 'Quit it instead.')
  const { host, pid } = releaseUnseen(ownFolder(), machine)
  print(`The lock of ${hostWords[host]} (process ${pid} on ${plainLine(machine)}) is taken away.`)
}

export function addKeychain(options: SecretOptions): Promise<void> {
  return withSession(
    options,
    async ({ door }) => {
      unwrap(await door.call('vault.addKeychain', {}))
      print('The vault opens with the system’s keychain, too.')
    },
    { makesVault: true },
  )
}

export function removeKeySlot(id: string, options: SecretOptions): Promise<void> {
  return withSession(options, async ({ door }) => {
    unwrap(await door.call('vault.removeSlot', { id }))
    print('Removed. The vault opens with what is left.')
  })
}

/** Writes everything into a new file, encrypted with its own passphrase. */
export function backUp(file: string, options: SecretOptions): Promise<void> {
  return withSession(options, async ({ door, secrets }) => {
    // Before it is asked for: what the history tells of then is there.
    inPlace(file, () => checkPlace(file))
    const present = await presentPassphrase(door, secrets)
    const passphrase = await chosenPassphrase(secrets, 'Passphrase of the backup: ', options)
    const { text, leftOut } = unwrap(await door.call('backup.make', { passphrase, present }))
    inPlace(file, () => writeBackup(file, text ?? ''))
    note(`Written to ${plainLine(file)}. Any JOSE tool opens it with its passphrase.`)
    if (leftOut.length === 0) return
    note('These are damaged in the vault and are not in the backup:')
    for (const { what, name } of leftOut) note(`  ${what} ${plainLine(name)}`)
  })
}

function inPlace(file: string, write: () => void): void {
  try {
    write()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason given'
    const { words, remedy } = placeWords[code] ?? {
      words: `cannot be written (${code})`,
      remedy: 'Choose another place.',
    }
    throw new CommandError(`${plain(file)} ${words}.`, remedy)
  }
}

const placeWords: Record<string, { words: string; remedy: string } | undefined> = {
  EEXIST: { words: 'was not written: there is a file of that name already', remedy: 'Choose another.' },
  ENOENT: { words: 'was not written: its folder is not there', remedy: 'Make the folder, or choose another place.' },
  EACCES: { words: 'was not written: this user has no right to write there', remedy: 'Choose another place.' },
  EROFS: { words: 'was not written: the disk can be read only', remedy: 'Choose another place.' },
  ENOSPC: { words: 'was not written: the disk is full', remedy: 'Make room there, or choose another place.' },
}

/** Shows a backup's contents, asks, and restores what is new; never overwrites anything. */
export async function restoreBackup(
  file: string,
  options: SecretOptions & { inspect?: boolean; yes?: boolean; also: string[] },
): Promise<void> {
  const text = await readNamedFile(file)
  await withSession(
    options,
    async (session) => {
      const passphrase = await session.secrets.credential('password', 'Passphrase of the backup: ')
      const { createdAt, entries } = unwrap(await session.door.call('backup.inspect', { text, passphrase }))
      note(`A backup of ${clockTime(createdAt)}.`)
      if (options.inspect) return list(entries)
      const connections = connectionsToRestore(entries, options.also)
      const coming = entries.filter(({ kind, id, comparison }) =>
        kind === 'connection' ? connections.includes(id) : comparison === 'new',
      )
      if (coming.length > 0 && !options.yes) {
        list(entries)
        await confirm(
          `Restore ${coming.length} of these?`,
          'Restore without being asked by --yes, or look by --inspect.',
        )
      }
      await restore(session, { text, passphrase, connections })
    },
    { makesVault: !options.inspect, allowsMissing: options.inspect === true },
  )
}

/** Ids of the new connections and of those named in `also`; throws a CommandError for an unknown name. */
function connectionsToRestore(entries: BackupEntry[], also: string[]): string[] {
  const connections = entries.filter(({ kind }) => kind === 'connection')
  for (const wanted of also) {
    const found = connections.find(({ id, name }) => wanted === id || wanted === name)
    if (!found) throw new CommandError(`The backup holds no connection “${plainLine(wanted)}”.`, 'See --inspect.')
    if (found.comparison === 'incomplete') throw new CommandError(`${plainLine(found.name)}: ${found.words}`)
  }
  return connections
    .filter(({ id, name, comparison }) => comparison === 'new' || also.includes(id) || also.includes(name))
    .map(({ id }) => id)
}

async function restore({ door }: Session, input: ProcedureInput<'backup.restore'>): Promise<void> {
  const { restored, left } = unwrap(await door.call('backup.restore', input))
  print(restored.length === 0 ? 'Nothing is new in this backup.' : `Restored ${restored.length}:`)
  if (restored.length > 0) list(restored)
  const differing = left.filter(({ kind, comparison }) => kind === 'connection' && comparison === 'differs')
  if (differing.length === 0) return
  note('These are here with other tokens and stay as they are; --also NAME puts the backup’s beside them:')
  list(differing)
}

function list(entries: BackupEntry[]): void {
  const rows = entries.map(({ kind, name, comparison, words, warning }) => [
    kind,
    plainLine(name),
    comparison,
    [plainLine(words), warning].filter(Boolean).join(' '),
  ])
  printTable(['KIND', 'NAME', 'STATUS', ''], rows, (cell) => cell)
}
