// What an API's 401 to a token that should still be good leads to: one refresh, and the request once more, where nothing can
// be done twice by it. The token may have been ended at the service, or our clock may have been set back.
import type { Caller } from '../../contract/connection.ts'
import type { RequestInput } from '../../contract/request.ts'
import type { Context } from '../connections/context.ts'
import type { Refresher } from '../connections/refresh.ts'
import type { Recording } from '../flows/recording.ts'
import { serverWords } from '../oauth/server-words.ts'
import { Problem } from '../problem.ts'
import type { ConnectionRecord } from '../records.ts'

export interface Answered {
  input: RequestInput
  /** The connection as it was when the request was sent. */
  record: ConnectionRecord
  status: number
  headers: Pick<Headers, 'get'>
  caller: Caller
  recording: Recording
}

export interface SecondTry {
  /** Whether another token is there now with which the request is to be sent once more. */
  isWorthIt(answered: Answered): Promise<boolean>
}

const safe = new Set<string>(['GET', 'HEAD'])

export function createSecondTry({ clock, connections }: Context, refresher: Refresher): SecondTry {
  /** When the token came that was got for a 401: where it is answered so as well, refreshing is not what helps. */
  const renewed = new Map<string, number>()

  function mayHelp({ input, record, status, headers }: Answered): boolean {
    if (status !== 401 || !safe.has(input.method)) return false
    const { refreshable, expiresAt, obtainedAt } = record
    if (!refreshable || record.status.kind !== 'good' || renewed.get(input.connectionId) === obtainedAt) return false
    if (expiresAt !== null && expiresAt <= clock.now()) return false
    const { error } = serverWords(headers, '')
    return error === null || error === 'invalid_token'
  }

  return {
    async isWorthIt(answered) {
      if (!mayHelp(answered)) return false
      const { input, record, caller, recording } = answered
      const id = input.connectionId
      try {
        // Another request may have met the same before, and a newer token be there already.
        if (connections.record(id).obtainedAt === record.obtainedAt) await refresher.refresh(id, caller)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        recording.add({ kind: 'second_try', failure: error.message })
        return false
      }
      renewed.set(id, connections.record(id).obtainedAt)
      recording.add({ kind: 'second_try', failure: null })
      return true
    },
  }
}
