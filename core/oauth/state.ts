// Compares received values with secrets in constant time.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Secret } from '../secret.ts'

/** Whether `received` equals the secret, in constant time. */
export function equalsSecret(received: string, expected: Secret): boolean {
  return timingSafeEqual(digest(received), digest(expected.reveal()))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest()
}

/** The first duplicate parameter. @see https://www.rfc-editor.org/rfc/rfc6749#section-3.1 */
export function repeatedParameter(parameters: URLSearchParams): string | null {
  const seen = new Set<string>()
  for (const name of parameters.keys()) {
    if (seen.has(name)) return name
    seen.add(name)
  }
  return null
}
