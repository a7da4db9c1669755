// Sends the revocation requests for a connection's tokens, the refresh token first, in the encoding of the service's
// description; refused ones are sent again in the other encoding, in case the description is wrong.
import { methodFor } from '../../contract/client.ts'
import type { ClientAuthentication, Service } from '../../contract/service.ts'
import { revokeToken } from '../oauth/revocation.ts'
import { Problem } from '../problem.ts'
import type { TokensRecord } from '../records.ts'
import type { Secret } from '../secret.ts'
import { isCancelled } from './cancelled.ts'
import { type Source, tokenEndpointOf, tokenExchange } from './token-source.ts'

type Encoding = Service['revocation']['encoding']
export type TokenHint = 'refresh_token' | 'access_token'

/** Each request is an exchange of its own. */
export type RevocationSource = Omit<Source, 'exchange'>

/** The results of the revocation requests. */
export interface Requested {
  accepted: TokenHint[]
  /** The server's refusals or outages, for requests in the description's encoding. */
  refused: Map<TokenHint, Problem>
  /** Why the last one got no response; `cancelled` if it was not waited for. */
  lost: Problem | null
  /** Accepted in the description's encoding, and not sent in the other one. */
  oneWay: TokenHint[]
}

/** Requests the revocation of each token, again in the other encoding if refused. Throws only unexpected errors. */
export async function requestRevocations(source: RevocationSource, tokens: TokensRecord): Promise<Requested> {
  const { encoding } = source.service.revocation
  const hints: TokenHint[] = tokens.refreshToken ? ['refresh_token', 'access_token'] : ['access_token']
  const first = await request(source, tokens, encoding, hints)
  const oneWay = first.accepted
  const again = first.lost ? [] : hints.filter((hint) => mayBeAboutEncoding(first.refused.get(hint)))
  if (again.length === 0) return { ...first, oneWay }
  const second = await request(source, tokens, other(encoding), again)
  const refused = new Map([...first.refused].filter(([hint]) => !second.accepted.includes(hint)))
  return { accepted: [...first.accepted, ...second.accepted], refused, lost: null, oneWay }
}

/** Repeats requests in the other encoding that were accepted without effect; the flow shows the responses. */
export async function requestOtherwise(source: RevocationSource, tokens: TokensRecord, hints: TokenHint[]) {
  await request(source, tokens, other(source.service.revocation.encoding), hints)
}

async function request(
  source: RevocationSource,
  tokens: TokensRecord,
  encoding: Encoding,
  hints: TokenHint[],
): Promise<Omit<Requested, 'oneWay'>> {
  const { revocation } = source.service
  const otherEncoding = encoding !== revocation.encoding
  const requested = { accepted: [] as TokenHint[], refused: new Map<TokenHint, Problem>() }
  for (const { hint, token, which } of tokensOf(tokens, hints)) {
    const send = (method: ClientAuthentication | undefined) => {
      const exchange = tokenExchange(source, { kind: 'revocation', token: which, encoding, otherEncoding })
      // Revoking a token twice is fine (RFC 7009 §2.2), so these requests can be repeated.
      const at = tokenEndpointOf({ ...source, exchange, repeatable: 'always' }, method)
      return revokeToken(at, { token, hint, encoding })
    }
    try {
      await withMethods(methodsFor(source), send)
      if (which === hint) requested.accepted.push(hint)
    } catch (error) {
      if (isUnanswered(error) || isCancelled(error)) return { ...requested, lost: error }
      const refusal = refusalIn(error)
      // Most services invalidated it when they replaced it.
      if (which === hint) requested.refused.set(hint, refusal)
    }
  }
  return { ...requested, lost: null }
}

/**
 * How to authenticate: as the description says of this endpoint, but with the client's own spelling of Basic; where the client is
 * refused, with the other spelling, then as the client does elsewhere. `undefined` is the client's own method.
 */
function methodsFor({ service, client, grant }: RevocationSource): (ClientAuthentication | undefined)[] {
  const { clientAuthentication: described } = service.revocation
  if (!described) return [undefined]
  const own = methodFor(client, grant)
  const spellings: ClientAuthentication[] = own === 'basic-raw' ? ['basic-raw', 'basic'] : ['basic', 'basic-raw']
  return [...new Set([...(described.startsWith('basic') ? spellings : [described]), own])]
}

/** Sends with one method after the other as long as it is the client that is refused. */
async function withMethods<T>(methods: T[], send: (method: T) => Promise<void>): Promise<void> {
  for (const [at, method] of methods.entries()) {
    try {
      return await send(method)
    } catch (error) {
      const isLast = at === methods.length - 1
      if (isLast || !(error instanceof Problem) || error.failure.kind !== 'refused' || !error.failure.clientRefused)
        throw error
    }
  }
}

/** Includes the previous refresh token: some services invalidate it only when its replacement is first used. */
function tokensOf({ refreshToken, previousRefreshToken, accessToken }: TokensRecord, hints: TokenHint[]) {
  const all: { hint: TokenHint; token: Secret | null; which: TokenHint | 'previous_refresh_token' }[] = [
    { hint: 'refresh_token', token: refreshToken, which: 'refresh_token' },
    { hint: 'refresh_token', token: previousRefreshToken, which: 'previous_refresh_token' },
    { hint: 'access_token', token: accessToken, which: 'access_token' },
  ]
  return all.flatMap(({ token, ...each }) => (token && hints.includes(each.hint) ? [{ ...each, token }] : []))
}

function other(encoding: Encoding): Encoding {
  return encoding === 'json' ? 'form' : 'json'
}

/** Whether a refusal may be about the encoding; a busy server has not read the request. */
function mayBeAboutEncoding(refusal: Problem | undefined): boolean {
  if (!refusal) return false
  const { failure } = refusal
  return failure.kind === 'refused' || (failure.kind === 'unexpected_answer' && failure.status === 500)
}

/** The server's refusal, after which the API can still be asked; rethrows errors without a response. */
function refusalIn(error: unknown): Problem {
  if (!(error instanceof Problem)) throw error
  const { kind } = error.failure
  if (kind !== 'refused' && kind !== 'unexpected_answer') throw error
  return error
}

/** Whether there was no response at all. */
export function isUnanswered(error: unknown): error is Problem {
  return error instanceof Problem && (error.failure.kind === 'network' || error.failure.kind === 'timed_out')
}
