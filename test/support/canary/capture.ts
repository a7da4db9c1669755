// Everything that a canary run wrote, sent, logged, rendered or passed on, and what was found in it. What may stand somewhere
// is said entry by entry; an entry that nothing was found for is a mistake, because then nothing shows that the search works.

import { type Needle, searchFor } from './search.ts'
import { needlesOf, type SeededSecrets } from './seeded-secrets.ts'

/** That a kind of secret rightly stands in a place, and why. */
export interface AllowedPlace {
  place: RegExp
  kind: RegExp
  why: string
}

export interface Verdict {
  /** `kind in place`, each once, that nothing allows. */
  leaks: string[]
  /** Why something may stand somewhere, where it never did. */
  unused: string[]
  /** Bytes that were searched. */
  searched: number
}

export class Capture {
  readonly #parts: { place: string; bytes: Buffer }[] = []

  /** `place` names it for people: "the log", "answer of connections.reveal". */
  add(place: string, content: string | Buffer): void {
    this.#parts.push({ place, bytes: typeof content === 'string' ? Buffer.from(content) : content })
  }

  /** The places of which something was taken. */
  places(): Set<string> {
    return new Set(this.#parts.map(({ place }) => place))
  }

  check(secrets: SeededSecrets, allowList: readonly AllowedPlace[]): Verdict {
    const needles: Needle<string>[] = []
    for (const { kind, secret } of secrets.all()) {
      for (const text of needlesOf(secret)) if (text.length >= 8) needles.push({ text, owner: kind })
    }
    const ownersIn = searchFor(needles)
    const leaks = new Set<string>()
    const used = new Set<AllowedPlace>()
    for (const { place, bytes } of this.#parts) {
      for (const kind of ownersIn(bytes)) {
        const allowed = allowList.filter((one) => one.place.test(place) && one.kind.test(kind))
        for (const one of allowed) used.add(one)
        if (allowed.length === 0) leaks.add(`${kind} in ${place}`)
      }
    }
    return {
      leaks: [...leaks].sort(),
      unused: allowList.filter((one) => !used.has(one)).map(({ why }) => why),
      searched: this.#parts.reduce((sum, { bytes }) => sum + bytes.length, 0),
    }
  }
}
