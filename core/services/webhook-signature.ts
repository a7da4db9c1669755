// Verifies that a webhook was signed by the service: computes the signature of the raw body and compares.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Service } from '../../contract/service.ts'
import { problem } from '../problem.ts'
import type { Secret } from '../secret.ts'

export interface Signed {
  /** Exactly as received. */
  body: string
  /** The header's value. */
  signature: string
  secret: Secret
}

/** Compares in constant time. Throws `not_supported` if the service's signature method is unknown. */
export function fitsSignature({ name, webhook }: Pick<Service, 'name' | 'webhook'>, signed: Signed): boolean {
  if (!webhook) {
    throw problem(
      'not_supported',
      `How ${name} signs what it sends to a webhook is not known.`,
      'If you know it, say so in its description: the field webhook.',
    )
  }
  const { algorithm, encoding, prefix } = webhook
  const made = createHmac(algorithm.replace('hmac-', ''), signed.secret.reveal()).update(signed.body, 'utf8').digest()
  const given = signed.signature.trim()
  if (!given.startsWith(prefix)) return false
  const bytes = decoded(given.slice(prefix.length), encoding)
  return bytes !== null && bytes.length === made.length && timingSafeEqual(bytes, made)
}

/** `null` if it is not in that encoding. */
function decoded(text: string, encoding: 'hex' | 'base64'): Buffer | null {
  const form = encoding === 'hex' ? /^(?:[0-9a-f]{2})+$/i : /^[A-Za-z0-9+/]+={0,2}$/
  return form.test(text) ? Buffer.from(text, encoding) : null
}
