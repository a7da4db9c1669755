// How a revocation ended, from the server's answers and the check afterwards: accepted, refused and not answered are told
// apart, because a 200 proves nothing and a refusal ends nothing. Pure.
import { clockTime } from '../../contract/moment.ts'
import type { Revocation } from '../../contract/revocation.ts'
import type { Problem } from '../problem.ts'
import type { ConnectionRecord, TokensRecord } from '../records.ts'
import type { Requested, TokenHint } from './revocation-requests.ts'

export interface RevocationFacts {
  sent: Pick<Requested, 'accepted' | 'refused' | 'lost'>
  /** The token that the grant depends on: the refresh token if there is one. */
  main: TokenHint
  /** Whether the access token still works; `null` if unknown. */
  works: boolean | null
  /** Who said that. */
  by: 'api' | 'introspection'
  /** Whether the refresh token still works; `null` if unknown. */
  refreshWorks: boolean | null
  /** When the access token expires (ms). */
  expiresAt: number | null
  now: number
}

type RevocationEnd = Pick<Revocation, 'outcome' | 'worksUntil' | 'words'>

const deadWords: Record<RevocationFacts['by'], string> = {
  api: 'The API refuses the access token now.',
  introspection: 'The authorization server says that the access token is not active any more.',
}

/** The outcome and its words. Texts of the server in the facts must be redacted. */
export function revocationEnd(facts: RevocationFacts): RevocationEnd {
  const { sent, main, works, expiresAt } = facts
  if (isRevoked(facts)) {
    return { outcome: 'revoked', worksUntil: null, words: deadWords[facts.by] }
  }
  const outcome = sent.accepted.includes(main)
    ? works || facts.refreshWorks
      ? 'still_works'
      : 'unverified'
    : sent.lost !== null
      ? 'offline'
      : 'refused'
  return { outcome, worksUntil: works ? expiresAt : null, words: wordsOf(facts) }
}

/** The token that the grant depends on. */
export function mainOf({ refreshToken }: Pick<TokensRecord, 'refreshToken'>): TokenHint {
  return refreshToken ? 'refresh_token' : 'access_token'
}

/** What a revocation changes in the connection; nothing if the service did not accept it. */
export function statusAfter(revocation: Revocation): Partial<Pick<ConnectionRecord, 'status'>> {
  switch (revocation.outcome) {
    case 'revoked':
      return { status: { kind: 'revoked', revocation } }
    case 'still_works':
    case 'unverified':
      return { status: { kind: 'revocation_accepted', revocation } }
    case 'refused':
    case 'not_offered':
    case 'offline':
      return {}
  }
}

/** A dead access token does not prove that the refresh token is dead, too, if its revocation was refused. */
function isRevoked({ sent, main, works, refreshWorks, expiresAt, now }: RevocationFacts): boolean {
  if (works !== false || refreshWorks === true) return false
  if (refreshWorks === false) return true
  if (sent.accepted.includes(main) || main === 'access_token') return true
  const refusal = sent.refused.get(main)
  if (refusal) return isUnknownToken(refusal)
  // Without an answer: the access token died early, so the request had an effect.
  return expiresAt === null || expiresAt > now
}

/** Some servers refuse to revoke a token that they do not know any more, against RFC 7009 §2.2. */
function isUnknownToken({ failure }: Problem): boolean {
  return failure.kind === 'refused' && (failure.error === 'invalid_token' || failure.error === 'invalid_grant')
}

function wordsOf({ sent, main, works, refreshWorks, expiresAt, now }: RevocationFacts): string {
  const begin = answerWords(sent, main)
  const joint = sent.lost === null && !sent.accepted.includes(main) ? '; ' : ', but '
  const again = sent.lost !== null && !works ? ' Try again.' : ''
  if (refreshWorks) return `${begin}${joint}the refresh token is still active.`
  if (works === false) {
    return `${begin}. The API refuses the access token, but the refresh token may still get new ones.${again}`
  }
  if (works === null) return `${begin}${joint}whether the token still works could not be verified.${again}`
  const until = expiresAt === null || expiresAt <= now ? 'and no expiry is known' : `until ${clockTime(expiresAt)}`
  return `${begin}${joint}the access token still works, ${until}.`
}

function answerWords({ accepted, refused, lost }: RevocationFacts['sent'], main: TokenHint): string {
  if (lost !== null) {
    const part = accepted.length > 0 ? 'The service accepted a part of the revocation only' : undefined
    return `${part ?? 'No answer came to the revocation'} (${lost.message.replace(/\.$/, '')})`
  }
  const refusal = refused.get(main) ?? [...refused.values()].at(-1)
  if (!refusal) return 'The service accepted the revocation'
  const said = refusal.message.replace(/\.$/, '')
  if (accepted.includes(main)) return `The service accepted the revocation of the refresh token alone (${said})`
  return `The service ${refusal.failure.kind === 'refused' ? 'refused' : 'did not take the revocation'}: ${said}`
}
