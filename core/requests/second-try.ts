// Whether to refresh and send a request again after an API's 401 to a token that should still be valid: the token may have been
// revoked at the service, or our clock may be wrong. Only for requests that change nothing.
import type { Caller } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import type { RefreshFailure } from '../../contract/flow/second-try.ts'
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
  /** Refreshes if that may help; returns whether there is another token to send the request with. */
  isWorthIt(answered: Answered): Promise<boolean>
}

const safe = new Set<string>(['GET', 'HEAD'])

/** The facts of a failed refresh, as its flow tells them. */
function refreshFailure(failure: Failure): RefreshFailure {
  return {
    kind: failure.kind,
    status: 'status' in failure ? failure.status : null,
    error: 'error' in failure ? failure.error : null,
    errorDescription: 'errorDescription' in failure ? failure.errorDescription : null,
    code: 'code' in failure ? failure.code : null,
    message: null,
  }
}

export function createSecondTry({ clock, connections }: Context, refresher: Refresher): SecondTry {
  /** When each connection's token was obtained because of a 401: if it gets a 401, too, refreshing does not help. */
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
        // Another request may have refreshed already.
        if (connections.record(id).obtainedAt === record.obtainedAt) await refresher.refresh(id, caller)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        recording.add({ kind: 'second_try', failure: refreshFailure(error.failure) })
        return false
      }
      renewed.set(id, connections.record(id).obtainedAt)
      recording.add({ kind: 'second_try', failure: null })
      return true
    },
  }
}
