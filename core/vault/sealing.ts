// Encrypts each record as a compact JWE with the data key. The protected header names the vault and the record, so that a record
// moved to another name, or copied from another vault, is rejected even if its key fits. Implemented with node:crypto, because a
// thousand records are decrypted at once, and WebCrypto, which jose uses, takes ten times as long. Any JOSE library can decrypt
// these JWEs, and this module decrypts theirs. The header also names the version of the document that it was sealed for, so that a
// document that passes for an older one is noticed.
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto'
import { randomIv } from '../random-iv.ts'
import { documentVersion } from './document-versions.ts'

export const dataKeyLength = 32

export interface SealedPlace {
  vaultId: string
  /** `kind:id` for a record, or another name. */
  name: string
}

/** Bytes or a key object; with a key object a record costs a fifth. */
export type SealingKey = KeyObject | Uint8Array

const tagLength = 16
/** Header, empty encrypted key, IV, ciphertext, tag. @see RFC 7516 §7.1 */
const compact = /^([\w-]+)\.\.([\w-]{16})\.([\w-]*)\.([\w-]{22})$/

/** The key as an object, for many records. The platform keeps a copy of the bytes until the object is garbage-collected. */
export function sealingKey(bytes: Uint8Array): KeyObject {
  return createSecretKey(bytes)
}

/** Encrypts `text` for one place in one vault. @see RFC 7516 §5.1 */
export function seal(key: SealingKey, place: SealedPlace, text: string): string {
  return sealBytes(key, place, Buffer.from(text, 'utf8'))
}

/** The same for bytes, which are overwritten afterwards. */
export function sealBytes(key: SealingKey, place: SealedPlace, bytes: Uint8Array): string {
  return sealUnder(key, { vault: place.vaultId, record: place.name, version: documentVersion }, bytes)
}

/** Decrypts what `seal` encrypted; throws if the key, the text or the place differs. @see RFC 7516 §5.2 */
export function unseal(key: SealingKey, place: SealedPlace, jwe: string): string {
  const { header, plaintext } = unsealUnder(key, jwe)
  try {
    if (header.vault !== place.vaultId || header.record !== place.name) throw new Error('sealed for another place')
    return new TextDecoder('utf-8', { fatal: true }).decode(plaintext)
  } finally {
    plaintext.fill(0)
  }
}

/** Whether `unseal` can decrypt it. */
export function opens(key: SealingKey, place: SealedPlace, jwe: string): boolean {
  return versionSealedIn(key, place, jwe) !== null
}

/** The version of the document that a JWE was sealed for; 1 where it names none, `null` where it does not open. */
export function versionSealedIn(key: SealingKey, place: SealedPlace, jwe: string): number | null {
  try {
    const { header, plaintext } = unsealUnder(key, jwe)
    plaintext.fill(0)
    if (header.vault !== place.vaultId || header.record !== place.name) return null
    return typeof header.version === 'number' ? header.version : 1
  } catch {
    return null
  }
}

/** Encrypts `plaintext`, which is overwritten, directly with `key`; the protected header gets these members. */
export function sealUnder(key: SealingKey, members: Record<string, unknown>, plaintext: Uint8Array): string {
  const header = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', ...members })).toString('base64url')
  const iv = randomIv()
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(header, 'ascii'))
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()])
  plaintext.fill(0)
  const parts = [iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'))
  return [header, '', ...parts].join('.')
}

/** Decrypts what was encrypted directly with `key`; the caller must overwrite the plaintext. Throws if it cannot be decrypted. */
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
export const checkName = 'check'

/** Makes the vault's check, which proves that a key is this vault's, and binds the document's version. */
export function sealCheck(key: SealingKey, vaultId: string): string {
  return seal(key, { vaultId, name: checkName }, checkText)
}

/** Whether `key` is the vault's data key. */
export function fitsVault(key: Uint8Array, vault: { vaultId: string; check: string }): boolean {
  if (key.length !== dataKeyLength) return false
  try {
    return unseal(key, { vaultId: vault.vaultId, name: checkName }, vault.check) === checkText
  } catch {
    return false
  }
}
