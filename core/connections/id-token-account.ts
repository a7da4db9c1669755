// Whose tokens they are by the ID token: where no API says, and whether an API that does means the same person.
import type { JWTPayload } from 'jose'
import type { Account } from '../../contract/connection.ts'
import type { Service } from '../../contract/service.ts'
import type { Recording } from '../flows/recording.ts'
import { isObject } from '../json-path.ts'
import { Problem } from '../problem.ts'

const longestName = 200

/** The API's answer has precedence; where it refuses the token, nothing is filled in. */
export function namedByIdToken<Identity extends { account: Account | null; status: number | null }>(
  identity: Identity,
  claims: JWTPayload | null | undefined,
  recording: Pick<Recording, 'text'>,
): Identity {
  if (identity.account || identity.status === 401 || !claims) return identity
  const { sub, name, preferred_username, email } = claims
  const text = (claim: unknown) =>
    typeof claim === 'string' && claim !== '' ? recording.text(claim).slice(0, longestName) : null
  const shown = text(name) ?? text(preferred_username) ?? text(email) ?? text(sub)
  if (shown === null) return identity
  const account = { id: text(sub), name: shown, email: text(email), detail: text(preferred_username) }
  return { ...identity, account }
}

/** The userinfo endpoint answered about somebody else than the ID token: whose the access token is, nobody can say. */
export class OtherSubject extends Problem {}

/**
 * Compares the subject of a userinfo endpoint's answer with that of the ID token. Throws OtherSubject.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse
 */
export function checkSubject(
  answered: { json: unknown; probe: Service['identity'][number] },
  { service, subject, recording }: { service: Service; subject: string | null; recording: Recording },
): void {
  const { json, probe } = answered
  const isUserinfo = service.openid !== undefined && probe.accountId[0] === 'sub'
  if (!isUserinfo || subject === null) return
  const found = isObject(json) && typeof json.sub === 'string' ? json.sub : null
  const which = 'userinfo_subject' as const
  const facts = { which, expected: subject, found }
  if (found === subject) recording.check({ ...facts, result: 'passed' })
  if (found === null) recording.check({ ...facts, result: 'unconfirmed', reason: 'missing' })
  if (found === null || found === subject) return
  recording.check({ ...facts, result: 'failed', reason: 'different' })
  throw new OtherSubject({
    kind: 'unexpected_answer',
    message: `The userinfo endpoint of ${service.name} answers about another account than the ID token names: the access token may be somebody else’s.`,
    remedy: 'Connect again. If it happens again, tell the service’s operator.',
    status: 200,
  })
}
