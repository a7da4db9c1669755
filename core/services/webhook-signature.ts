// Verifies that a webhook was signed by the service: computes the signature of the raw body and compares.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Service } from '../../contract/service.ts'
import type { ServiceWebhook } from '../../contract/service-webhook.ts'
import { problem } from '../problem.ts'
import type { Secret } from '../secret.ts'

export interface Signed {
  /** Exactly as received. */
  body: string | Uint8Array
  /** The header's value. */
  signature: string
  secret: Secret
}

type Signing = Pick<ServiceWebhook, 'algorithm' | 'encoding' | 'prefix'>

/** How a service's webhooks are described. Throws `not_supported` if that is unknown. */
export function webhookOf({ name, webhook }: Pick<Service, 'name' | 'webhook'>): ServiceWebhook {
  if (webhook) return webhook
  throw problem(
    'not_supported',
    `How ${name} signs what it sends to a webhook is not known.`,
    'If you know it, say so in its description: the field webhook.',
  )
}

/** Compares in constant time. Throws `not_supported` if the service's signature method is unknown. */
export function fitsSignature(
  service: Pick<Service, 'name' | 'webhook'>,
  { body, signature, secret }: Signed,
): boolean {
  const signing = webhookOf(service)
  const made = hmac(signing, secret.reveal()).update(body).digest()
  const given = signatureBytes(signing, signature)
  return given !== null && timingSafeEqual(given, made)
}

/** The signature in a header's value; `null` for what cannot be one. */
export function signatureBytes(signing: Signing, signature: string): Buffer | null {
  const given = signature.trim()
  if (!given.startsWith(signing.prefix)) return null
  const bytes = decoded(given.slice(signing.prefix.length), signing.encoding)
  return bytes?.length === hmac(signing, '').digest().length ? bytes : null
}

function hmac({ algorithm }: Signing, secret: string) {
  return createHmac(algorithm.replace('hmac-', ''), secret)
}

/** `null` if it is not in that encoding. */
function decoded(text: string, encoding: 'hex' | 'base64'): Buffer | null {
  const form = encoding === 'hex' ? /^(?:[0-9a-f]{2})+$/i : /^[A-Za-z0-9+/]+={0,2}$/
  return form.test(text) ? Buffer.from(text, encoding) : null
}
