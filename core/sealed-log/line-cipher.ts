// Encrypts each line of a log by itself with a key derived from the vault's data key. A line is bound to its place: moved to
// another file, number or vault, it cannot be decrypted.
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { ivLength, randomIv } from '../random-iv.ts'

/** A line's place. Includes `isFirst`, so that a file that lost its beginning is noticed. */
export interface LinePlace {
  /** The file's name within the vault's logs. */
  file: string
  /** Counted from 0 and never restarted. */
  number: number
  isFirst: boolean
}

export interface LineCipher {
  readonly vaultId: string
  /** Base64url. Throws if the key is gone. */
  seal(place: LinePlace, text: string): string
  /** `null` if it was encrypted for another place, or is damaged. Throws if the key is gone. */
  open(place: LinePlace, sealed: string): string | null
  /** Lets go of the key. */
  forget(): void
}

const tagLength = 16

/** How many characters `seal` makes of a text of so many bytes. */
export function sealedLength(bytes: number): number {
  return Math.ceil(((ivLength + bytes + tagLength) * 4) / 3)
}

/** AES-256-GCM with a random IV per line, which is safe for up to 2^32 lines. @see NIST SP 800-38D §8.3 */
export function lineCipher(dataKey: Uint8Array, vaultId: string): LineCipher {
  const bytes = new Uint8Array(hkdfSync('sha256', dataKey, vaultId, 'grantdesk log', 32))
  let key: KeyObject | null = createSecretKey(bytes)
  bytes.fill(0)

  function needKey(): KeyObject {
    if (key === null) throw new Error('The key of the logs is gone.')
    return key
  }

  const boundTo = ({ file, number, isFirst }: LinePlace) =>
    Buffer.from(JSON.stringify(['grantdesk log', vaultId, file, number, isFirst]))

  return {
    vaultId,
    seal(place, text) {
      const iv = randomIv()
      const cipher = createCipheriv('aes-256-gcm', needKey(), iv, { authTagLength: tagLength }).setAAD(boundTo(place))
      const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return sealed.toString('base64url')
    },
    open(place, sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      const end = bytes.length - tagLength
      if (end < ivLength) return null
      const decipher = createDecipheriv('aes-256-gcm', needKey(), bytes.subarray(0, ivLength), {
        authTagLength: tagLength,
      })
      decipher.setAAD(boundTo(place)).setAuthTag(bytes.subarray(end))
      try {
        return Buffer.concat([decipher.update(bytes.subarray(ivLength, end)), decipher.final()]).toString('utf8')
      } catch {
        return null
      }
    },
    forget() {
      key = null
    },
  }
}
