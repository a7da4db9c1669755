// Names for secrets that a flow may show: equal secrets, equal names, and no way back without the data key.
import { createHmac, hkdfSync, type KeyObject } from 'node:crypto'
import { sealingKey } from './sealing.ts'

/** The key that pseudonyms are made with, derived from the data key and good for nothing else. @see RFC 5869 */
export function pseudonymKey(dataKey: Uint8Array, vaultId: string): KeyObject {
  const bytes = new Uint8Array(hkdfSync('sha256', dataKey, vaultId, 'grantdesk pseudonym', 32))
  const key = sealingKey(bytes)
  bytes.fill(0)
  return key
}

/** Eight hexadecimal characters that stand for `secret`. */
export function pseudonymOf(key: KeyObject, secret: string): string {
  return createHmac('sha256', key).update(secret).digest('hex').slice(0, 8)
}
