// Everything that a canary run wrote, sent, logged, rendered or passed on, and what was found in it. What may stand somewhere
// is said entry by entry; an entry that nothing was found for is a mistake, because then nothing shows that the search works.
import { needlesOf, type Plants } from './plants.ts'
import { type Needle, ownersIn } from './search.ts'

/** That a kind of secret rightly stands in a place, and why. */
export interface Allowance {
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

export class Evidence {
  readonly #pieces: { place: string; bytes: Buffer }[] = []

  /** `place` names it for people: "the log", "answer of connections.reveal". */
  add(place: string, content: string | Buffer): void {
    this.#pieces.push({ place, bytes: typeof content === 'string' ? Buffer.from(content) : content })
  }

  /** The places of which something was taken. */
  places(): Set<string> {
    return new Set(this.#pieces.map(({ place }) => place))
  }

  judge(plants: Plants, allowances: readonly Allowance[]): Verdict {
    const needles: Needle<string>[] = []
    for (const { kind, secret } of plants.all()) {
      for (const text of needlesOf(secret)) if (text.length >= 8) needles.push({ text, owner: kind })
    }
    const leaks = new Set<string>()
    const used = new Set<Allowance>()
    for (const { place, bytes } of this.#pieces) {
      for (const kind of ownersIn(bytes, needles)) {
        const allowed = allowances.filter((one) => one.place.test(place) && one.kind.test(kind))
        for (const one of allowed) used.add(one)
        if (allowed.length === 0) leaks.add(`${kind} in ${place}`)
      }
    }
    return {
      leaks: [...leaks].sort(),
      unused: allowances.filter((one) => !used.has(one)).map(({ why }) => why),
      searched: this.#pieces.reduce((sum, { bytes }) => sum + bytes.length, 0),
    }
  }
}
