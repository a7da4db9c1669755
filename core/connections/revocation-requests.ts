// The requests that revoke a connection's tokens, the refresh token first, in the encoding that the service's description
// names; what is refused so is sent once more in the other one, which a server that was described from hearsay may read.
import type { Service } from '../../contract/service.ts'
import { revokeToken } from '../oauth/revocation.ts'
import { Problem } from '../problem.ts'
import type { TokensRecord } from '../records.ts'
import type { Secret } from '../secret.ts'
import { isCancelled } from './cancelled.ts'
import { type Source, tokenEndpointOf, tokenExchange } from './token-source.ts'

type Encoding = Service['revocation']['encoding']
type Hint = 'refresh_token' | 'access_token'

/** Each request is an exchange of its own. */
export type RevocationSource = Omit<Source, 'exchange'>

/** How far the revocation requests came. */
export interface Requested {
  accepted: Hint[]
  /** What the server said, where it refused one or was in trouble: to the encoding of the description. */
  refused: Map<Hint, Problem>
  /** Why no answer came to the last one; `cancelled` where it was not waited for. */
  lost: Problem | null
  /** Accepted in the encoding of the description, and not sent in the other one. */
  oneWay: Hint[]
}

/** Asks for each token, and again in the other encoding for what was refused. Throws what is neither answer nor silence. */
export async function requestRevocations(source: RevocationSource, tokens: TokensRecord): Promise<Requested> {
  const { encoding } = source.service.revocation
  const hints: Hint[] = tokens.refreshToken ? ['refresh_token', 'access_token'] : ['access_token']
  const first = await request(source, tokens, encoding, hints)
  const oneWay = first.accepted
  const again = first.lost ? [] : hints.filter((hint) => mayBeAboutEncoding(first.refused.get(hint)))
  if (again.length === 0) return { ...first, oneWay }
  const second = await request(source, tokens, other(encoding), again)
  const refused = new Map([...first.refused].filter(([hint]) => !second.accepted.includes(hint)))
  return { accepted: [...first.accepted, ...second.accepted], refused, lost: null, oneWay }
}

/** Asks in the other encoding for what was accepted without any effect; what the server says to it stands in the flow. */
export async function requestOtherwise(source: RevocationSource, tokens: TokensRecord, hints: Hint[]) {
  await request(source, tokens, other(source.service.revocation.encoding), hints)
}

async function request(
  source: RevocationSource,
  tokens: TokensRecord,
  encoding: Encoding,
  hints: Hint[],
): Promise<Omit<Requested, 'oneWay'>> {
  const { revocation } = source.service
  const otherEncoding = encoding !== revocation.encoding
  const requested = { accepted: [] as Hint[], refused: new Map<Hint, Problem>() }
  for (const { hint, token, which } of tokensOf(tokens, hints)) {
    const exchange = tokenExchange(source, { kind: 'revocation', token: which, encoding, otherEncoding })
    // A token may be revoked twice (RFC 7009 §2.2): what was perhaps done already is asked for again.
    const at = tokenEndpointOf({ ...source, exchange, repeatable: 'always' }, revocation.clientAuthentication)
    try {
      await revokeToken(at, { token, hint, encoding })
      if (which === hint) requested.accepted.push(hint)
    } catch (error) {
      if (isUnanswered(error) || isCancelled(error)) return { ...requested, lost: error }
      const refusal = refusalIn(error)
      // Most services have ended it with the answer that replaced it.
      if (which === hint) requested.refused.set(hint, refusal)
    }
  }
  return { ...requested, lost: null }
}

/** The refresh token before may live on where the service ends it only with the first use of what replaced it. */
function tokensOf({ refreshToken, previousRefreshToken, accessToken }: TokensRecord, hints: Hint[]) {
  const all: { hint: Hint; token: Secret | null; which: Hint | 'previous_refresh_token' }[] = [
    { hint: 'refresh_token', token: refreshToken, which: 'refresh_token' },
    { hint: 'refresh_token', token: previousRefreshToken, which: 'previous_refresh_token' },
    { hint: 'access_token', token: accessToken, which: 'access_token' },
  ]
  return all.flatMap(({ token, ...each }) => (token && hints.includes(each.hint) ? [{ ...each, token }] : []))
}

function other(encoding: Encoding): Encoding {
  return encoding === 'json' ? 'form' : 'json'
}

/** Whether a refusal may be about the encoding: a server that is busy has not read the request. */
function mayBeAboutEncoding(refusal: Problem | undefined): boolean {
  if (!refusal) return false
  const { failure } = refusal
  return failure.kind === 'refused' || (failure.kind === 'unexpected_answer' && failure.status === 500)
}

/** The server's answer, after which asking the API is still worth it; whatever is no answer is thrown on. */
function refusalIn(error: unknown): Problem {
  if (!(error instanceof Problem)) throw error
  const { kind } = error.failure
  if (kind !== 'refused' && kind !== 'unexpected_answer') throw error
  return error
}

/** Whether no answer came at all. */
export function isUnanswered(error: unknown): error is Problem {
  return error instanceof Problem && (error.failure.kind === 'network' || error.failure.kind === 'timed_out')
}
