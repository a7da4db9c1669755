// What `grantdesk token NAME` needs, in one call: finds the connection, gets its token, and adds what the person should know.
// Otherwise the same as getting the token by id.
import { type Caller, endToRemind, type NamedToken, reminderOf } from '../../contract/connection.ts'
import { type DamagedRecord, damageElsewhere, recordsWords } from '../../contract/damage.ts'
import { clockTime } from '../../contract/moment.ts'
import { revocationRemedy } from '../../contract/revocation-words.ts'
import { Problem } from '../problem.ts'
import type { ConnectionRecord } from '../records.ts'
import type { Context } from './context.ts'
import type { Disclosure } from './disclose.ts'

type Parts = Pick<Context, 'clock' | 'connections'> & {
  disclosure: Pick<Disclosure, 'token'>
  damaged(): DamagedRecord[]
}

export function handOutByName({ clock, connections, disclosure, damaged }: Parts) {
  return async (text: string, caller: Caller): Promise<NamedToken> => {
    const id = connections.idNamed(text)
    const { accessToken } = await disclosure.token(id, caller).catch((error: unknown) => {
      throw withClient(error, connections.record(id).clientId)
    })
    const { name, status, clientId, serviceId } = connections.record(id)
    return {
      accessToken,
      name,
      attention: attentionOf(status),
      end: await endToTell(id),
      damagedElsewhere: recordsWords(damageElsewhere(damaged(), { id, clientId, serviceId })) || null,
    }
  }

  /** Records that the person was reminded; if that fails, they are reminded again later. */
  async function endToTell(id: string): Promise<NamedToken['end']> {
    const now = clock.now()
    const connection = connections.record(id)
    const at = endToRemind(connection, now)
    if (at === null || reminderOf(connection, now) !== null) return null
    await connections.update(id, { reminded: { end: at, dismissed: false, at: now } }).catch(() => undefined)
    return { at, by: connection.grantType === 'static_token' ? 'replace' : 'reconnect' }
  }
}

/** Why the token may not work, or should not be used any more. */
function attentionOf(status: ConnectionRecord['status']): NamedToken['attention'] {
  if (status.kind === 'revocation_accepted') {
    const { revocation } = status
    const until = revocation.worksUntil === null ? '' : ` It works until ${clockTime(revocation.worksUntil)} at most.`
    return { message: `The service accepted its revocation.${until}`, remedy: revocationRemedy(revocation) }
  }
  if (status.kind !== 'needs_attention') return null
  const { message, remedy } = status.failure
  return { message, remedy }
}

/** Adds the client's id to a refusal that is about the client, because such callers only know the connection's name. */
function withClient(error: unknown, clientId: string | null): unknown {
  if (!(error instanceof Problem) || error.failure.kind !== 'refused' || clientId === null) return error
  return error.failure.clientRefused ? error.as({ ...error.failure, clientId }) : error
}
