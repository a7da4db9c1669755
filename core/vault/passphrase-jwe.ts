// Encrypts a text with a passphrase in a form that any JOSE tool can decrypt: a compact JWE with PBES2-HS512+A256KW and A256GCM.
// Implemented with node:crypto, because Electron's WebCrypto lacks AES-KW, which the JOSE libraries need.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { lazyObject } from '../../contract/lazy-schema.ts'
import { problem } from '../problem.ts'
import { Secret } from '../secret.ts'
import { mostRounds, withDerivedKey } from './passphrase.ts'

const algorithm = 'PBES2-HS512+A256KW'
/** RFC 3394 §2.2.3.1 */
const wrapIv = Buffer.from('a6a6a6a6a6a6a6a6', 'hex')

const headerSchema = lazyObject(() => ({
  alg: z.literal(algorithm),
  enc: z.literal('A256GCM'),
  p2s: z.string().min(11),
  p2c: z.number().int().min(1).max(mostRounds),
  crit: z.undefined().optional(),
  zip: z.undefined().optional(),
}))

/** Encrypts `text` with a key derived by this many iterations of PBKDF2. @see https://www.rfc-editor.org/rfc/rfc7518#section-4.8 */
export async function sealWithPassphrase(
  text: Secret,
  passphrase: Secret,
  cty: string,
  rounds: number,
): Promise<string> {
  const salt = randomBytes(16)
  const header = { alg: algorithm, enc: 'A256GCM', p2s: salt.toString('base64url'), p2c: rounds, cty }
  const protectedHeader = Buffer.from(JSON.stringify(header)).toString('base64url')
  const contentKey = randomBytes(32)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', contentKey, iv).setAAD(Buffer.from(protectedHeader, 'ascii'))
  const ciphertext = Buffer.concat([cipher.update(text.reveal(), 'utf8'), cipher.final()])
  const wrapped = await withWrappingKey(passphrase, salt, rounds, (wrapping) => wrapKey(wrapping, contentKey))
  contentKey.fill(0)
  const parts = [wrapped, iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'))
  return [protectedHeader, ...parts].join('.')
}

/**
 * Decrypts what `sealWithPassphrase` or another JOSE tool encrypted. Throws `wrong_passphrase`, also if the encrypted key was
 * changed, and `conflict` if the text is damaged or not such a JWE.
 */
export async function openWithPassphrase(jwe: string, passphrase: Secret): Promise<Secret> {
  const bytes = await openBytesWithPassphrase(jwe, passphrase)
  try {
    return new Secret(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw changedInside()
  } finally {
    bytes.fill(0)
  }
}

/** The same for content that is not text. */
export async function openBytesWithPassphrase(jwe: string, passphrase: Secret): Promise<Uint8Array> {
  const [protectedHeader = '', ...encoded] = jwe.trim().split('.')
  const [wrapped, iv, ciphertext, tag] = encoded.map((part) => Buffer.from(part, 'base64url'))
  const header = headerOf(protectedHeader)
  if (!header) throw notABackup()
  if (encoded.length !== 4 || wrapped?.length !== 40 || iv?.length !== 12 || tag?.length !== 16) {
    throw damagedBackup('The file is damaged: it was cut short, or not copied whole.')
  }
  const salt = Buffer.from(header.p2s, 'base64url')
  const contentKey = await withWrappingKey(passphrase, salt, header.p2c, (wrapping) =>
    unwrapKey(wrapping, wrapped),
  ).catch(() => {
    throw problem('wrong_passphrase', 'That is not the passphrase of this backup, or the file is damaged.')
  })
  try {
    const decipher = createDecipheriv('aes-256-gcm', contentKey, iv, { authTagLength: 16 })
    decipher.setAAD(Buffer.from(protectedHeader, 'ascii')).setAuthTag(tag)
    const opened = decipher.update(ciphertext ?? Buffer.alloc(0))
    decipher.final()
    return opened
  } catch {
    throw changedInside()
  } finally {
    contentKey.fill(0)
  }
}

function changedInside() {
  return damagedBackup('The passphrase is right, but the file is damaged: something in it was changed.')
}

function damagedBackup(message: string) {
  return problem('conflict', message, 'Use another copy of it.')
}

function headerOf(encoded: string): z.infer<typeof headerSchema> | null {
  try {
    return headerSchema.safeParse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'))).data ?? null
  } catch {
    return null
  }
}

function notABackup() {
  return problem('conflict', 'This is no backup of Grantdesk.', 'Choose a file that Grantdesk wrote with Back up.')
}

/** The salt consists of the algorithm's name, a zero byte and `p2s`. @see https://www.rfc-editor.org/rfc/rfc7518#section-4.8.1.1 */
function withWrappingKey<T>(passphrase: Secret, salt: Buffer, count: number, work: (key: Uint8Array) => T): Promise<T> {
  return withDerivedKey(passphrase, Buffer.concat([Buffer.from(`${algorithm}\0`, 'ascii'), salt]), count, work)
}

function block(key: Uint8Array, input: Buffer, direction: 'seal' | 'open'): Buffer {
  const cipher =
    direction === 'seal' ? createCipheriv('aes-256-ecb', key, null) : createDecipheriv('aes-256-ecb', key, null)
  cipher.setAutoPadding(false)
  return Buffer.concat([cipher.update(input), cipher.final()])
}

/** XORs RFC 3394's counter into the first half of a block. */
function withCounter(half: Buffer, counter: number): Buffer {
  const mixed = Buffer.from(half)
  mixed.writeUInt32BE((mixed.readUInt32BE(4) ^ counter) >>> 0, 4)
  return mixed
}

/** AES key wrap. @see https://www.rfc-editor.org/rfc/rfc3394#section-2.2.1 */
function wrapKey(key: Uint8Array, plain: Buffer): Buffer {
  const count = plain.length / 8
  const halves = Array.from({ length: count }, (_, at) => plain.subarray(at * 8, at * 8 + 8))
  let first: Buffer = wrapIv
  for (let round = 0; round < 6; round++) {
    for (const [at, half] of halves.entries()) {
      const mixed = block(key, Buffer.concat([first, half]), 'seal')
      first = withCounter(mixed.subarray(0, 8), count * round + at + 1)
      halves[at] = mixed.subarray(8)
    }
  }
  return Buffer.concat([first, ...halves])
}

/** Throws if it is the wrong key. @see https://www.rfc-editor.org/rfc/rfc3394#section-2.2.2 */
function unwrapKey(key: Uint8Array, wrapped: Buffer): Buffer {
  const count = wrapped.length / 8 - 1
  const halves = Array.from({ length: count }, (_, at) => wrapped.subarray(at * 8 + 8, at * 8 + 16))
  let first: Buffer = wrapped.subarray(0, 8)
  for (let round = 5; round >= 0; round--) {
    for (let at = count - 1; at >= 0; at--) {
      const mixed = block(
        key,
        Buffer.concat([withCounter(first, count * round + at + 1), halves[at] ?? wrapIv]),
        'open',
      )
      first = mixed.subarray(0, 8)
      halves[at] = mixed.subarray(8)
    }
  }
  if (!first.equals(wrapIv)) throw new Error('another key')
  return Buffer.concat(halves)
}
