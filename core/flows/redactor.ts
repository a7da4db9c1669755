// The secrets of one flow and what is shown in their place. Owns the replacing, which never throws and whose cost a
// server cannot drive up; where secrets are to be expected by the structure of a message is known to structure.ts.
import { labelOf } from './secret-names.ts'
import { isRepetitive, longestPattern, patternSource, piecesOf, plainSpellings } from './secret-pattern.ts'
import type { Found } from './stream-redactor.ts'

/** Shorter ones would be found in every other word: they are replaced only where they stand as a value. */
export const shortestHidden = 4
/** Found by structure in one flow; of a longer list each is replaced in its place only. */
const mostFound = 20
/** A found value with fewer different characters is a word or a filler, and is replaced in its place only. */
const fewestCharacters = 4
/** Characters of a text that is searched for a repetitive secret in every spelling: there each place is a near hit. */
const longestForRepetitive = 32 * 1024

interface Known {
  shown: string
  /** Ours, and looked for in every spelling; what a server's message named is looked for as it stood there. */
  own: boolean
  /** One of them stands in each text that holds it. */
  pieces: string[]
  patterns: Map<string, RegExp>
}

interface Prepared {
  ordered: [string, Known][]
  pseudonyms: Set<string>
}

export class Redactor {
  readonly #pseudonym: (secret: string) => string
  readonly #known = new Map<string, Known>()
  #prepared: Prepared | null = null
  #found = 0
  #revision = 0

  constructor(pseudonym: (secret: string) => string) {
    this.#pseudonym = pseudonym
  }

  /** Grows with each secret: a text redacted at an earlier revision has to be redacted again. */
  get revision(): number {
    return this.#revision
  }

  /** Remembers a secret of ours and answers what is shown in its place. The first label stays. */
  hide(secret: string, label: string): string {
    return this.#remember(secret, label, true)
  }

  /** What is shown for a value without looking for it elsewhere. */
  inPlace(secret: string, label: string): string {
    return this.#known.get(secret)?.shown ?? `<${labelOf(label)}:${this.#name(secret)}>`
  }

  /** Without its key, as after the vault was locked, a secret has no pseudonym and is hidden all the same. */
  #name(secret: string): string {
    try {
      return this.#pseudonym(secret)
    } catch {
      return 'hidden'
    }
  }

  /** What is shown for a value that is a secret by its place, and from then on wherever it stands. */
  found(secret: string, label: string): string {
    const isNew = !this.#known.has(secret)
    if (isNew && (this.#found >= mostFound || new Set(secret).size < fewestCharacters)) {
      return this.inPlace(secret, label)
    }
    if (isNew && secret.length >= shortestHidden) this.#found++
    return this.#remember(secret, label, false)
  }

  #remember(secret: string, label: string, own: boolean): string {
    const known = this.#known.get(secret)
    const shown = known?.shown ?? this.inPlace(secret, label)
    if (secret.length >= shortestHidden && (!known || (own && !known.own))) {
      this.#known.set(secret, { shown, own, pieces: piecesOf(secret), patterns: new Map() })
      this.#prepared = null
      this.#revision++
    }
    return shown
  }

  /** Replaces every known secret; with `anyCase` also where its letters changed their case, as in a host's name. */
  known(text: string, anyCase = false): string {
    if (this.#known.size === 0 || text === '') return text
    const { ordered, pseudonyms } = this.#prepare()
    // Most texts hold none of them.
    const present = ordered.filter(([, { pieces }]) => mayHold(text, pieces, anyCase))
    if (present.length === 0) return text
    let pieces = openPieces(text, pseudonyms)
    for (const [secret, known] of present) {
      const cut = (open: string) => between(without(secret, known, open, anyCase), known.shown)
      pieces = pieces.flatMap((piece, index) => (index % 2 === 0 ? cut(piece) : [piece]))
    }
    return pieces.join('')
  }

  /** The longest first. */
  #prepare(): Prepared {
    if (this.#prepared === null) {
      const ordered = [...this.#known].sort(([a], [b]) => b.length - a.length)
      this.#prepared = { ordered, pseudonyms: new Set(ordered.map(([, { shown }]) => shown)) }
    }
    return this.#prepared
  }

  /** Finds every secret that is known at this moment, in texts to come. With `binary` texts hold bytes as characters. */
  finder(binary: boolean): (text: string) => Found[] {
    const known = [...this.#known].sort(([a], [b]) => b.length - a.length)
    const patterns = known.flatMap(([secret, { shown, own }]) => {
      const spelled = binary ? Buffer.from(secret, 'utf8').toString('latin1') : secret
      return patternsFor(spelled, own).map((pattern) => ({ pattern, shown }))
    })
    return (text) => {
      const found = patterns.flatMap(({ pattern, shown }) =>
        [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length, shown })),
      )
      return apart(found)
    }
  }

  /** Cuts a beginning of a known secret off the end of a text that was not read to its end. */
  withoutTail(text: string): string {
    let cut = 0
    for (const secret of this.#known.keys()) {
      const longest = Math.min(secret.length - 1, text.length, longestPattern)
      for (let length = longest; length >= shortestHidden && length > cut; length--) {
        if (text.endsWith(secret.slice(0, length))) cut = length
      }
    }
    return cut === 0 ? text : text.slice(0, -cut)
  }
}

/** Open texts and what is shown already, by turns: a pseudonym of ours is not searched again. */
function openPieces(text: string, pseudonyms: Set<string>): string[] {
  if (!text.includes('<')) return [text]
  const pieces: string[] = []
  let open = ''
  for (const part of text.split(/(<[^<>]*>)/)) {
    if (pseudonyms.has(part)) {
      pieces.push(open, part)
      open = ''
    } else open += part
  }
  return [...pieces, open]
}

/** The text around each place where the secret stands. */
function without(secret: string, known: Known, text: string, anyCase: boolean): string[] {
  if (!mayHold(text, known.pieces, anyCase)) return [text]
  const flags = anyCase ? 'i' : ''
  if (!known.own) return anyCase ? text.split(new RegExp(escaped(secret), flags)) : text.split(secret)
  if (text.length <= longestForRepetitive || !isRepetitive(secret)) {
    try {
      const pattern = known.patterns.get(flags) ?? new RegExp(patternSource(secret), flags)
      known.patterns.set(flags, pattern)
      // The engine compiles at the first use, and may find only then that a pattern is too large.
      return text.split(pattern)
    } catch {
      // The engine's message would quote the secret; its plain spellings are found below.
    }
  }
  return plainSpellings(secret).reduce<string[]>((texts, one) => texts.flatMap((piece) => piece.split(one)), [text])
}

function mayHold(text: string, pieces: string[], anyCase: boolean): boolean {
  if (!anyCase) return pieces.some((piece) => text.includes(piece))
  const lower = text.toLowerCase()
  return pieces.some((piece) => lower.includes(piece.toLowerCase()))
}

/** As `without` looks for it: in every spelling where it is ours, and where the engine can. */
function patternsFor(secret: string, own: boolean): RegExp[] {
  if (own && !isRepetitive(secret)) {
    try {
      const pattern = new RegExp(patternSource(secret), 'g')
      pattern.test('')
      return [pattern]
    } catch {
      // The engine's message would quote the secret; its plain spellings are found below.
    }
  }
  // Of a long one the beginning is looked for, and what only a token can be is taken along.
  const looked = secret.slice(0, longestPattern)
  const rest = secret.length > longestPattern ? '(?:[^\\s"\'<>&\\\\]|\\\\+[/u])*' : ''
  return (own ? plainSpellings(looked) : [looked]).map((spelling) => new RegExp(escaped(spelling) + rest, 'g'))
}

/** In their order, each that overlaps an earlier one joined to it. */
function apart(found: Found[]): Found[] {
  const ordered = found.toSorted((one, other) => one.start - other.start || other.end - one.end)
  const kept: Found[] = []
  for (const one of ordered) {
    const last = kept.at(-1)
    if (last === undefined || one.start >= last.end) kept.push({ ...one })
    else last.end = Math.max(last.end, one.end)
  }
  return kept
}

function between(texts: string[], shown: string): string[] {
  return texts.flatMap((text, index) => (index === 0 ? [text] : [shown, text]))
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
