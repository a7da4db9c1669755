// The secrets of one flow, each with the pseudonym that replaces it in texts. Never throws, and a server cannot make it slow.
// structure.ts knows where a message may hold secrets. Ordinary words are replaced only there: secret-strength.ts knows them.
import { beginsAsWords, isOrdinaryText } from '../../contract/secret-strength.ts'
import { labelOf } from './secret-names.ts'
import { isRepetitive, longestPattern, patternSource, piecesOf, plainSpellings } from './secret-pattern.ts'
import type { Found } from './stream-redactor.ts'

/** A shorter part of a secret at the end of a text may be there by chance. */
const shortestTail = 4
/** How much of a secret may be missing at least where the end of a text is taken for words: with less, it would be given away. */
const leastMissing = 4
/** How many values found by structure are searched for elsewhere in the flow; further ones are replaced only in place. */
const mostFound = 20
/** The longest text (characters) to search for all encodings of a repetitive secret: almost every position matches in part. */
const longestForRepetitive = 32 * 1024

/** `<access_token:12ab34cd>`, and `<client:<client_secret:12ab34cd>>` of HTTP Basic. */
const pseudonymPattern =
  /^<(?:[a-z0-9_]+:(?:[0-9a-f]{8}|hidden)|[^<>]*(?:<[a-z0-9_]+:[^<>]*>)?:(?:<[a-z0-9_]+:[^<>]*>)?)>$/

interface Known {
  secret: string
  shown: string
  /** Whether it is one of ours, which is found in all encodings; a value from a server's message is found only as it was. */
  own: boolean
  /** A text that contains none of these cannot contain the secret. */
  pieces: string[]
  patterns: Map<string, RegExp>
}

interface Prepared {
  /** Longest first. */
  ordered: Known[]
  pseudonyms: Set<string>
  /** A text that contains none of these contains none of the secrets. */
  pieces: string[]
}

export class Redactor {
  readonly #pseudonym: (secret: string) => string
  readonly #keepsPseudonyms: boolean
  readonly #known = new Map<string, Known>()
  /** Secrets that are ordinary words, with their replacements: not searched for. */
  readonly #ordinary = new Map<string, string>()
  readonly #members = new Map<string, string>()
  #prepared: Prepared | null = null
  #found = 0
  #revision = 0

  /** `keepsPseudonyms`: for texts that were redacted before; a pseudonym in the place of a secret stays what it is. */
  constructor(pseudonym: (secret: string) => string, { keepsPseudonyms = false } = {}) {
    this.#pseudonym = pseudonym
    this.#keepsPseudonyms = keepsPseudonyms
  }

  /** Whether a text is what stands for a secret already. */
  isShown(text: string): boolean {
    return this.#keepsPseudonyms && pseudonymPattern.test(text)
  }

  /** Increases with each new secret. Texts redacted at an earlier revision have to be redacted again. */
  get revision(): number {
    return this.#revision
  }

  /**
   * Adds one of our secrets and returns its replacement. The first label is kept. An ordinary word is replaced only where a
   * message has its secrets.
   */
  hide(secret: string, label: string): string {
    if (!isOrdinaryText(secret)) return this.#remember(secret, label, true)
    const shown = this.inPlace(secret, label)
    if (secret !== '') this.#ordinary.set(secret, shown)
    return shown
  }

  /** Members of this name hold secrets in this flow's token responses, although the name does not say so. */
  hideMember(name: string, label: string): void {
    this.#members.set(name, label)
  }

  /** The label of a member that holds secrets; `null` for others. */
  labelOfMember(name: string): string | null {
    return this.#members.get(name) ?? null
  }

  /** The replacement for a value that is not searched for elsewhere. */
  inPlace(secret: string, label: string): string {
    if (this.isShown(secret)) return secret
    return this.shownFor(secret) ?? `<${labelOf(label)}:${this.#name(secret)}>`
  }

  /** The replacement for a value that is one of the secrets as a whole; `null` for others. */
  shownFor(value: string): string | null {
    return this.#known.get(value)?.shown ?? this.#ordinary.get(value) ?? null
  }

  /** After the vault was locked there is no key for pseudonyms; the secret is hidden without one. */
  #name(secret: string): string {
    try {
      return this.#pseudonym(secret)
    } catch {
      return 'hidden'
    }
  }

  /** Adds a value that is a secret because of its position in a message, and returns its replacement. */
  found(secret: string, label: string): string {
    if (this.isShown(secret)) return secret
    if (!this.#known.has(secret)) {
      if (this.#found >= mostFound || isOrdinaryText(secret)) return this.inPlace(secret, label)
      this.#found++
    }
    return this.#remember(secret, label, false)
  }

  #remember(secret: string, label: string, own: boolean): string {
    const known = this.#known.get(secret)
    const shown = known?.shown ?? this.inPlace(secret, label)
    if (!known || (own && !known.own)) {
      this.#known.set(secret, { secret, shown, own, pieces: piecesOf(secret), patterns: new Map() })
      this.#prepared = null
      this.#revision++
    }
    return shown
  }

  /** Replaces all known secrets; `anyCase` ignores case, which host names lose. */
  known(text: string, anyCase = false): string {
    return this.#replaced(text, anyCase, () => true)
  }

  /** In a sentence of our own: replaces only secrets that no such sentence can hold but by a mistake. */
  inOwnWords(text: string): string {
    return this.#replaced(text, false, isUnlikeWords)
  }

  #replaced(text: string, anyCase: boolean, isSought: (secret: string) => boolean): string {
    if (this.#known.size === 0 || text === '') return text
    const prepared = this.#prepare()
    // Most texts contain none, and this check is cheap.
    if (!mayHold(text, prepared.pieces, anyCase)) return text
    let pieces: string[] | null = null
    for (const known of prepared.ordered) {
      if (!mayHold(text, known.pieces, anyCase) || !isSought(known.secret)) continue
      pieces ??= openPieces(text, prepared.pseudonyms)
      const cut = (open: string) => between(without(known.secret, known, open, anyCase), known.shown)
      pieces = pieces.flatMap((piece, index) => (index % 2 === 0 ? cut(piece) : [piece]))
    }
    return pieces === null ? text : pieces.join('')
  }

  #prepare(): Prepared {
    if (this.#prepared === null) {
      const ordered = [...this.#known.values()].sort((a, b) => b.secret.length - a.secret.length)
      const pseudonyms = new Set(ordered.map(({ shown }) => shown))
      this.#prepared = { ordered, pseudonyms, pieces: ordered.flatMap(({ pieces }) => pieces) }
    }
    return this.#prepared
  }

  /** Returns a function that finds the secrets known now. With `binary`, each character of its texts is a byte. */
  finder(binary: boolean): (text: string) => Found[] {
    const patterns = this.#prepare().ordered.flatMap(({ secret, shown, own }) => {
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

  /** Removes the first part of a known secret from the end of a truncated text, unless it is rather the end of a word. */
  withoutTail(text: string): string {
    let cut = 0
    for (const secret of this.#known.keys()) {
      const longest = Math.min(secret.length - 1, text.length, longestPattern)
      for (let length = longest; length >= shortestTail && length > cut; length--) {
        const tail = secret.slice(0, length)
        if (text.endsWith(tail) && (secret.length - length < leastMissing || !beginsAsWords(tail))) cut = length
      }
    }
    return cut === 0 ? text : text.slice(0, -cut)
  }
}

/** Whether a secret is without blanks, long, and of mixed characters, as no word of ours is. */
function isUnlikeWords(secret: string): boolean {
  if (secret.length < 12 || /\s/.test(secret)) return false
  return /\d/.test(secret) || (secret.match(/[a-z][A-Z]/g)?.length ?? 0) >= 2
}

/** Splits a text into alternating parts: text to search, and our pseudonyms, which are not searched again. */
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

/** Splits a text at each occurrence of the secret. */
function without(secret: string, known: Known, text: string, anyCase: boolean): string[] {
  if (!mayHold(text, known.pieces, anyCase)) return [text]
  const flags = anyCase ? 'i' : ''
  if (!known.own) return anyCase ? text.split(new RegExp(escaped(secret), flags)) : text.split(secret)
  if (text.length <= longestForRepetitive || !isRepetitive(secret)) {
    try {
      const pattern = known.patterns.get(flags) ?? new RegExp(patternSource(secret), flags)
      known.patterns.set(flags, pattern)
      // The engine compiles the pattern at its first use, and may throw only then because it is too large.
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

/** Patterns that find what `without` finds: all encodings of our own secrets, unless the engine cannot compile them. */
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
  // A long secret is found by its beginning; characters after it that can only belong to a token are included.
  const looked = secret.slice(0, longestPattern)
  const rest = secret.length > longestPattern ? '(?:[^\\s"\'<>&\\\\]|\\\\+[/u])*' : ''
  return (own ? plainSpellings(looked) : [looked]).map((spelling) => new RegExp(escaped(spelling) + rest, 'g'))
}

/** In order; overlapping matches are merged. */
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
