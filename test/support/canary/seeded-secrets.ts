// The secrets that a canary run seeds and has to find again only where they may be: each with its kind, and with every
// spelling in which its bytes could stand somewhere.
import { randomBytes } from 'node:crypto'
import { plainSpellings } from '../../../core/flows/secret-pattern.ts'

export interface SeededSecret {
  kind: string
  secret: string
}

/** Of a longer secret, so many characters at either end are as good as half of it. */
const fragment = 16

/** A secret that nobody else has, with characters that encodings spell in their own ways. */
export function seededSecret(kind: string, odd = '+/%~'): string {
  const random = () => randomBytes(12).toString('base64url').replace(/[-_]/g, 'x')
  return `${random()}${odd}${kind.replace(/\W/g, '')}${random()}`
}

export class SeededSecrets {
  readonly #secrets: SeededSecret[] = []

  /** SeededSecrets one of our own making; answers it. */
  seed(kind: string, odd?: string): string {
    return this.add(kind, seededSecret(kind, odd))
  }

  /** Adds one that somebody else made; answers it. */
  add(kind: string, secret: string): string {
    if (secret !== '' && !this.#secrets.some((one) => one.secret === secret)) this.#secrets.push({ kind, secret })
    return secret
  }

  all(): readonly SeededSecret[] {
    return this.#secrets
  }

  ofKind(kind: RegExp): string[] {
    return this.#secrets.filter((one) => kind.test(one.kind)).map(({ secret }) => secret)
  }
}

/** The texts, one character a byte, that betray a secret. */
export function needlesOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const base64url = plainSpellings(secret).map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  const html = secret.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
  const ends = secret.length < 2 * fragment ? [] : [secret.slice(0, fragment), secret.slice(-fragment)]
  const texts = [...plainSpellings(secret), ...base64url, html, ...ends, bytes.toString('hex')]
  const wide = [secret, ...ends].map((text) => Buffer.from(text, 'utf16le').toString('latin1'))
  return [...new Set([...texts.map((text) => Buffer.from(text).toString('latin1')), ...wide])]
}
