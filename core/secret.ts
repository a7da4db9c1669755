// An opaque value. Inside core every token, client secret, code and passphrase is one of these, so that printing,
// serialising or cloning it by mistake yields nothing.
import { z } from 'zod'

const placeholder = '[secret]'

export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  /** The text itself; every use of this word is a place to audit. */
  reveal(): string {
    return this.#text
  }

  toString(): string {
    return placeholder
  }

  toJSON(): string {
    return placeholder
  }

  [Symbol.toPrimitive](): string {
    return placeholder
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return placeholder
  }
}

/** In a sealed record a secret is a string; in memory it is a Secret. */
export const secretCodec = z.codec(z.string(), z.instanceof(Secret), {
  decode: (text) => new Secret(text),
  encode: (secret) => secret.reveal(),
})
