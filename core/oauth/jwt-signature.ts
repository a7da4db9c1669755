// Whether a JWT is signed by its issuer: by the issuer's keys, or by the client secret for HS….
import { compactVerify, createLocalJWKSet, decodeProtectedHeader, errors, type JSONWebKeySet } from 'jose'
import type { CheckFacts } from '../flows/recording.ts'
import type { Secret } from '../secret.ts'

export type Outcome = Pick<CheckFacts, 'expected' | 'found' | 'result' | 'reason'>

interface Keys {
  /** The issuer's, `null` if none are known. */
  keys: JSONWebKeySet | null
  /** `null` where it must not count: a server that checks an access token does not know it. */
  clientSecret: Secret | null
}

/**
 * The signature alone, whatever the claims say. `unconfirmed` where no key is known, and for a token that nobody signed; `found` is
 * the algorithm.
 * @see https://www.rfc-editor.org/rfc/rfc7515#section-5.2
 */
export async function signatureOutcome(jwt: string, { keys, clientSecret }: Keys): Promise<Outcome> {
  const { alg: named } = decodeProtectedHeader(jwt)
  const alg = typeof named === 'string' ? named : ''
  const unverified = { found: alg, result: 'unconfirmed' as const, reason: 'no_key' as const }
  try {
    if (alg.startsWith('HS')) {
      const secret = clientSecret?.reveal()
      if (!secret) return unverified
      await compactVerify(jwt, new TextEncoder().encode(secret), { algorithms: [alg] })
    } else {
      if (!keys || alg === '' || /^none$/i.test(alg)) return unverified
      await verifyByAny(jwt, alg, keys)
    }
    return { found: alg, result: 'passed' }
  } catch (error) {
    return error instanceof errors.JWSSignatureVerificationFailed
      ? { found: alg, result: 'failed', reason: 'different' }
      : unverified
  }
}

/** By each key that may be meant, for a token that does not name one of several. */
async function verifyByAny(jwt: string, alg: string, keys: JSONWebKeySet): Promise<void> {
  const options = { algorithms: [alg] }
  try {
    await compactVerify(jwt, createLocalJWKSet(keys), options)
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    for await (const key of error) {
      const fits = await compactVerify(jwt, key, options).catch(() => null)
      if (fits) return
    }
    throw new errors.JWSSignatureVerificationFailed()
  }
}
