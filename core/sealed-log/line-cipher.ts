// One line of a log, sealed alone under a key that is derived from the vault's data key. Owns what binds a line to its
// place: one that was moved to another file, number or vault does not open.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Where a line stands. `isFirst` is part of it, so that a file which lost its beginning is known by its first line. */
export interface LinePlace {
  /** The file's name within the vault's logs. */
  file: string
  /** Counted from 0, over the whole life of the file. */
  number: number
  isFirst: boolean
}

export interface LineCipher {
  readonly vaultId: string
  /** Base64url. Throws where the key is gone. */
  seal(place: LinePlace, text: string): string
  /** `null` where it was sealed for another place, or is damaged. Throws where the key is gone. */
  open(place: LinePlace, sealed: string): string | null
  /** Overwrites the key. */
  forget(): void
}

const ivLength = 12
const tagLength = 16

/** AES-256-GCM with a random IV a line: far fewer than the 2^32 lines that one key is good for. @see NIST SP 800-38D §8.3 */
export function lineCipher(dataKey: Uint8Array, vaultId: string): LineCipher {
  const key = new Uint8Array(hkdfSync('sha256', dataKey, vaultId, 'grantdesk log', 32))
  let isGone = false

  function needKey(): Uint8Array {
    if (isGone) throw new Error('The key of the logs is gone.')
    return key
  }

  const boundTo = ({ file, number, isFirst }: LinePlace) =>
    Buffer.from(JSON.stringify(['grantdesk log', vaultId, file, number, isFirst]))

  return {
    vaultId,
    seal(place, text) {
      const iv = randomBytes(ivLength)
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
      isGone = true
      key.fill(0)
    },
  }
}
