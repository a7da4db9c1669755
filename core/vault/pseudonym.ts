// Names for secrets that a flow may show: equal secrets, equal names, and no way back without the data key.
import { createHmac, hkdfSync } from 'node:crypto'

/** The key that pseudonyms are made with, derived from the data key and good for nothing else. @see RFC 5869 */
export function pseudonymKey(dataKey: Uint8Array, vaultId: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', dataKey, vaultId, 'grantdesk pseudonym', 32))
}

/** Eight hexadecimal characters that stand for `secret`. */
export function pseudonymOf(key: Uint8Array, secret: string): string {
  return createHmac('sha256', key).update(secret).digest('hex').slice(0, 8)
}
