// What a token says of itself: header and claims of a JWT, never its signature.
import { decodeJwt, decodeProtectedHeader } from 'jose'
import type { TokenInspection } from '../../contract/token-inspection.ts'

/** @see https://www.rfc-editor.org/rfc/rfc7519#section-6 for unsigned JWTs, which can be rebuilt from header and claims */
export function inspectToken(token: string): TokenInspection {
  try {
    const [header, claims] = [decodeProtectedHeader(token), decodeJwt(token)]
    if (isUnsigned(token, header.alg)) return { format: 'unsigned_jwt', claimNames: Object.keys(claims) }
    return { format: 'jwt', header: shallow(header), claims: shallow(claims) }
  } catch {
    return { format: 'opaque', length: token.length }
  }
}

function isUnsigned(token: string, alg: unknown): boolean {
  return token.endsWith('.') || /^none$/i.test(String(alg))
}

/** What is nested deeper is left out: nobody reads it, and writing it as JSON would overflow the stack. */
const deepest = 30

function shallow(members: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, cut(value, deepest)]))
}

function cut(value: unknown, levels: number): unknown {
  if (value === null || typeof value !== 'object') return value
  if (levels === 0) return '…'
  if (Array.isArray(value)) return value.map((one) => cut(one, levels - 1))
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cut(one, levels - 1)]))
}
