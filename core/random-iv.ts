// Random initialization vectors for AES-GCM, taken from a supply: asking the system for 12 bytes costs as much as encrypting a
// record. Each byte is used once.
import { randomBytes } from 'node:crypto'

/** @see NIST SP 800-38D §8.2.2 */
export const ivLength = 12
const supplied = 256

let supply = Buffer.alloc(0)

/** 12 random bytes that are used nowhere else. */
export function randomIv(): Buffer {
  if (supply.length === 0) supply = randomBytes(supplied * ivLength)
  const iv = supply.subarray(0, ivLength)
  supply = supply.subarray(ivLength)
  return iv
}
