// One record, one compact JWE under the data key. The vault's id and the record's name stand in the protected header, so
// that a record moved to another name, or brought in from another vault, is refused although its key may fit. Written with
// node:crypto, since a thousand records are opened at once: by WebCrypto, as jose does it, that takes ten times as long.
// What is sealed here any JOSE library opens, and the other way round.
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'

export const dataKeyLength = 32

export interface SealedPlace {
  vaultId: string
  /** `kind:id`, or the name of what else is sealed. */
  name: string
}

/** Bytes, or the same as a key object: with that one a record costs a fifth. */
export type SealingKey = KeyObject | Uint8Array

const ivLength = 12
const tagLength = 16
/** Header, no encrypted key, IV, ciphertext, tag. @see RFC 7516 §7.1 */
const compact = /^([\w-]+)\.\.([\w-]{16})\.([\w-]*)\.([\w-]{22})$/

/** The key for many records. The platform keeps a copy of the bytes until nobody holds the object any more. */
export function sealingKey(bytes: Uint8Array): KeyObject {
  return createSecretKey(bytes)
}

/** Seals `text` for one place in one vault. @see RFC 7516 §5.1 */
export function seal(key: SealingKey, place: SealedPlace, text: string): string {
  return sealBytes(key, place, Buffer.from(text, 'utf8'))
}

/** The same for bytes, which are overwritten. */
export function sealBytes(key: SealingKey, place: SealedPlace, bytes: Uint8Array): string {
  return sealUnder(key, { vault: place.vaultId, record: place.name }, bytes)
}

/** Opens what `seal` made; throws when the key, the text or the place is another. @see RFC 7516 §5.2 */
export function unseal(key: SealingKey, place: SealedPlace, jwe: string): string {
  const { header, plaintext } = unsealUnder(key, jwe)
  try {
    if (header.vault !== place.vaultId || header.record !== place.name) throw new Error('sealed for another place')
    return new TextDecoder('utf-8', { fatal: true }).decode(plaintext)
  } finally {
    plaintext.fill(0)
  }
}

/** Whether `unseal` opens it. */
export function opens(key: SealingKey, place: SealedPlace, jwe: string): boolean {
  try {
    const { header, plaintext } = unsealUnder(key, jwe)
    plaintext.fill(0)
    return header.vault === place.vaultId && header.record === place.name
  } catch {
    return false
  }
}

/** Seals `plaintext`, which is overwritten, directly under `key`, with these members in the protected header. */
export function sealUnder(key: SealingKey, members: Record<string, unknown>, plaintext: Uint8Array): string {
  const header = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', ...members })).toString('base64url')
  const iv = randomBytes(ivLength)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(header, 'ascii'))
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()])
  plaintext.fill(0)
  const parts = [iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'))
  return [header, '', ...parts].join('.')
}

/** Opens what was sealed directly under `key`; the plaintext is the caller's to overwrite. Throws where it does not open. */
export function unsealUnder(key: SealingKey, jwe: string): { header: Record<string, unknown>; plaintext: Uint8Array } {
  const [, encoded = '', iv = '', ciphertext = '', tag = ''] = compact.exec(jwe) ?? []
  const header = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')) as Record<string, unknown>
  const understood = header.alg === 'dir' && header.enc === 'A256GCM' && !('zip' in header) && !('crit' in header)
  if (!understood) throw new Error('sealed in another way')
  const bytes = Buffer.from(iv, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes, { authTagLength: tagLength })
  decipher.setAAD(Buffer.from(encoded, 'ascii')).setAuthTag(Buffer.from(tag, 'base64url'))
  const plaintext = decipher.update(Buffer.from(ciphertext, 'base64url'))
  try {
    decipher.final()
  } catch (error) {
    plaintext.fill(0)
    throw error
  }
  return { header, plaintext }
}

const checkText = 'grantdesk'

/** Makes the proof that a key is this vault's. */
export function sealCheck(key: Uint8Array, vaultId: string): string {
  return seal(key, { vaultId, name: 'check' }, checkText)
}

/** Whether `key` is the one that the vault's records are sealed with. */
export function fitsVault(key: Uint8Array, vault: { vaultId: string; check: string }): boolean {
  if (key.length !== dataKeyLength) return false
  try {
    return unseal(key, { vaultId: vault.vaultId, name: 'check' }, vault.check) === checkText
  } catch {
    return false
  }
}
