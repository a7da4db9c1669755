// One record, one compact JWE under the data key. The vault's id and the record's name stand in the protected header, so
// that a record moved to another name, or brought in from another vault, is refused although its key may fit.
import { CompactEncrypt, compactDecrypt } from 'jose'

export const dataKeyLength = 32

export interface SealedPlace {
  vaultId: string
  /** `kind:id`, or the name of what else is sealed. */
  name: string
}

/** Seals `text` for one place in one vault. @see RFC 7516 §7.1 */
export async function seal(key: Uint8Array, place: SealedPlace, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text)
  try {
    return await new CompactEncrypt(bytes)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', vault: place.vaultId, record: place.name })
      .encrypt(key)
  } finally {
    bytes.fill(0)
  }
}

/** Opens what `seal` made; throws when the key, the text or the place is another. */
export async function unseal(key: Uint8Array, place: SealedPlace, jwe: string): Promise<string> {
  const { plaintext, protectedHeader } = await compactDecrypt(jwe, key, {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
    maxDecompressedLength: 0,
  })
  try {
    if (protectedHeader.vault !== place.vaultId || protectedHeader.record !== place.name) {
      throw new Error('sealed for another place')
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(plaintext)
  } finally {
    plaintext.fill(0)
  }
}

const checkText = 'grantdesk'

/** Makes the proof that a key is this vault's. */
export function sealCheck(key: Uint8Array, vaultId: string): Promise<string> {
  return seal(key, { vaultId, name: 'check' }, checkText)
}

/** Whether `key` is the one that the vault's records are sealed with. */
export async function fitsVault(key: Uint8Array, vault: { vaultId: string; check: string }): Promise<boolean> {
  if (key.length !== dataKeyLength) return false
  return unseal(key, { vaultId: vault.vaultId, name: 'check' }, vault.check).then(
    (text) => text === checkText,
    () => false,
  )
}
