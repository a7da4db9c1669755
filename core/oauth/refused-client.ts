// Whether a refusal may be about the client rather than about its request.
import type { RefusalReason } from '../../contract/refusal-reason.ts'
import type { ServerWords } from './server-words.ts'

/** Reasons about a refresh token, even with 401. */
const aboutToken: readonly (RefusalReason | undefined)[] = ['invalid_grant', 'invalid_request', 'expired']

/** Reasons that say nothing about the client's authentication, whatever the status. */
const aboutOthers: readonly (RefusalReason | undefined)[] = [
  'access_denied',
  'account_not_ready',
  'authorization_pending',
  'client_suspended',
  'consent_required',
  'device_grant_off',
  'dpop_required',
  'invalid_target',
  'login_required',
  'policy',
  'slow_down',
]

/** A 401 means that, whatever the error code, unless that is plainly about something else. */
export function mayBeAboutClient(
  reason: RefusalReason | undefined,
  { error }: ServerWords,
  status: number,
  what: string,
): boolean {
  if (reason === 'invalid_client') return true
  if (status === 403) return error === null
  if (status !== 401 || aboutOthers.includes(reason)) return false
  return !(what === 'the refresh token' && aboutToken.includes(reason))
}
