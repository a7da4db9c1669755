// `grantdesk remove` and `put-back`: remove a connection here, and restore it while the host that removed it is running. Its
// tokens keep working at the service, so it says that and offers to revoke them first.

import type { Door } from '../../contract/caller.ts'
import type { HostView } from '../../contract/change.ts'
import type { ConnectionView, RemovedConnection } from '../../contract/connection.ts'
import type { DamagedRecord } from '../../contract/damage.ts'
import { clockTime } from '../../contract/moment.ts'
import { isSettled } from '../../contract/revocation.ts'
import { CommandError, unwrap } from '../command-error.ts'
import { confirm } from '../confirm.ts'
import { damagedNamed } from '../damage-notes.ts'
import { findRemoved } from '../find-connection.ts'
import { note, plainLine, print } from '../output.ts'
import { canAsk } from '../prompt.ts'
import type { SecretOptions } from '../secret-input.ts'
import { snapshotOf, withSession } from '../session.ts'
import { printTable } from '../table.ts'
import { askYes } from '../typed-lines.ts'

interface RemoveOptions extends SecretOptions {
  yes?: boolean
  revoke?: boolean
}

/** Whether it can be restored: a command’s own host ends with the command. */
const remembers = ({ kind }: HostView) => kind !== 'command'

export function removeConnection(name: string, options: RemoveOptions): Promise<void> {
  return withSession(options, async ({ door }) => {
    const { host, damaged } = await snapshotOf(door)
    const found = await door.call('connections.named', { name })
    const lost = found.ok ? undefined : damagedNamed(damaged, name)
    if (lost) return removeDamaged(door, lost, options)
    const connection = unwrap(found)
    const title = plainLine(connection.name)
    note(whatItMeans(connection, title, remembers(host)))
    await revokeIfWanted(door, connection, options)
    if (!options.yes) {
      await confirm(`Remove ${title}?`, 'Remove without being asked by --yes; --revoke revokes the tokens first.')
    }
    unwrap(await door.call('connections.remove', { id: connection.id }))
    if (remembers(host)) print(`Removed ${title}. “grantdesk put-back” brings it back until that Grantdesk ends.`)
    else print(`Removed ${title}, for good.`)
  })
}

/** A damaged record can be neither revoked nor restored. */
async function removeDamaged(door: Door, record: DamagedRecord, { yes, revoke }: RemoveOptions): Promise<void> {
  const title = `the damaged ${record.what} ${plainLine(record.name)}`
  if (revoke) throw new CommandError(`Nothing can be revoked with ${title}.`, 'Leave out --revoke to remove it.')
  note(`${plainLine(record.message)} ${plainLine(record.remedy)}`)
  if (record.kind === 'connection')
    note('Its tokens go with it, and go on working at the service until they end there.')
  if (!yes) await confirm(`Remove ${title} for good?`, 'Remove without being asked by --yes.')
  unwrap(await door.call('vault.removeDamaged', { kind: record.kind, id: record.id }))
  print(`Removed ${title}, for good.`)
}

function whatItMeans({ status, serviceName }: ConnectionView, title: string, undo: boolean): string {
  const works =
    status.kind === 'revoked'
      ? 'They were revoked already.'
      : status.kind === 'revocation_accepted'
        ? `Their revocation was accepted, but not verified: they may go on working at ${plainLine(serviceName)}.`
        : `They go on working at ${plainLine(serviceName)} until they end or are revoked.`
  const back = undo ? '' : ' No Grantdesk runs that could put it back: this is final.'
  return `Grantdesk forgets the tokens of ${title}. ${works}${back}`
}

/** Revokes first if the option says so or the person agrees; throws if that fails, so that it is not removed. */
async function revokeIfWanted(door: Door, connection: ConnectionView, { yes, revoke }: RemoveOptions): Promise<void> {
  if (connection.status.kind === 'revoked') return
  const wanted = revoke || (!yes && canAsk() && (await askYes('Revoke them first?')))
  if (!wanted) return
  const revocation = unwrap(await door.call('connections.revoke', { id: connection.id }))
  if (!isSettled(revocation.outcome)) {
    const remedy = 'It was not removed. Leave out --revoke to remove it all the same.'
    throw new CommandError(`${plainLine(connection.name)} is not revoked. ${revocation.words}`, remedy)
  }
  note(plainLine(revocation.words))
}

/** Without a name, lists what can be restored. */
export function putBack(name: string | undefined, options: SecretOptions): Promise<void> {
  return withSession(options, async ({ door }) => {
    const { removed, host } = await snapshotOf(door)
    if (removed.length === 0) {
      if (remembers(host)) throw new CommandError('Nothing was removed since this Grantdesk was started.')
      const remedy = 'Restore it from a backup, or connect again.'
      throw new CommandError('Nothing can be put back: no Grantdesk runs that would remember what was removed.', remedy)
    }
    if (name === undefined) return list(removed)
    const { id } = findRemoved(removed, name)
    const back = unwrap(await door.call('connections.restore', { id }))
    print(`${plainLine(back.name)} is back.`)
  })
}

function list(removed: RemovedConnection[]): void {
  const rows = removed.map(({ id, name, serviceName, account, removedAt }) => [
    plainLine(name),
    plainLine(serviceName),
    plainLine(account ?? 'not known'),
    clockTime(removedAt),
    id.slice(0, 8),
  ])
  printTable(['NAME', 'SERVICE', 'ACCOUNT', 'REMOVED', 'ID'], rows, (cell) => cell)
}
