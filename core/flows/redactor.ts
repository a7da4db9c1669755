// The secrets of one flow and what is shown in their place. Owns the replacing; where secrets are to be expected by
// the structure of a message is known to structure.ts.
import { labelOf } from './secret-names.ts'
import { patternSource } from './secret-pattern.ts'

/** Shorter ones would be found in every other word: they are replaced only where they stand as a value. */
export const shortestHidden = 4
/** Found by structure in one flow; a list of thousands of keys is replaced in its place only. */
const mostFound = 200

export class Redactor {
  readonly #pseudonym: (secret: string) => string
  readonly #shown = new Map<string, string>()
  #pattern: RegExp | null = null
  #ordered: string[] = []

  constructor(pseudonym: (secret: string) => string) {
    this.#pseudonym = pseudonym
  }

  /** Grows with each secret: a text redacted at an earlier revision has to be redacted again. */
  get revision(): number {
    return this.#shown.size
  }

  /** Remembers a secret and answers what is shown in its place. The first label stays. */
  hide(secret: string, label: string): string {
    const known = this.#shown.get(secret)
    if (known !== undefined) return known
    const shown = this.inPlace(secret, label)
    if (secret.length >= shortestHidden) {
      this.#shown.set(secret, shown)
      this.#pattern = null
    }
    return shown
  }

  /** What is shown for a value without looking for it elsewhere. */
  inPlace(secret: string, label: string): string {
    return this.#shown.get(secret) ?? `<${labelOf(label)}:${this.#pseudonym(secret)}>`
  }

  /** What is shown for a value that is a secret by its place, and from then on wherever it stands. */
  found(secret: string, label: string): string {
    return this.#shown.size < mostFound ? this.hide(secret, label) : this.inPlace(secret, label)
  }

  /** Replaces every known secret in every spelling. */
  known(text: string): string {
    if (this.#shown.size === 0 || text === '') return text
    try {
      this.#pattern ??= this.#compile()
    } catch {
      // The engine's own message would quote the secrets.
      return '[not shown: this text could not be searched for secrets]'
    }
    return text.replace(this.#pattern, (match, ...rest) => {
      const index = rest.slice(0, this.#ordered.length).findIndex((group) => group !== undefined)
      const secret = this.#ordered[index]
      return secret === undefined ? match : (this.#shown.get(secret) ?? match)
    })
  }

  /** Cuts a beginning of a known secret off the end of a text that was not read to its end. */
  withoutTail(text: string): string {
    let cut = 0
    for (const secret of this.#shown.keys()) {
      for (let length = Math.min(secret.length - 1, text.length); length >= shortestHidden && length > cut; length--) {
        if (text.endsWith(secret.slice(0, length))) cut = length
      }
    }
    return cut === 0 ? text : text.slice(0, -cut)
  }

  /** One expression for all, the longest first; what is already a pseudonym of ours stays as it is. */
  #compile(): RegExp {
    this.#ordered = [...this.#shown.keys()].sort((a, b) => b.length - a.length)
    const pseudonyms = [...new Set(this.#shown.values())].map((shown) => shown.replace(/[^A-Za-z0-9]/g, '\\$&'))
    const secrets = this.#ordered.map((secret) => `(${patternSource(secret)})`)
    return new RegExp([...pseudonyms, ...secrets].join('|'), 'g')
  }
}
