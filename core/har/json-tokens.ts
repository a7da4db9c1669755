// Reads JSON that comes in pieces, of any size, and tells of each token as it goes by. Holds no more than one text, up to the
// length that is wanted of it. @see https://www.rfc-editor.org/rfc/rfc8259

/** Told of each token. A member's name comes before its value. */
export interface JsonListener {
  open(kind: 'object' | 'array'): void
  close(): void
  name(text: string): void
  /** `isCut`: the text is longer, and this is its beginning. */
  text(value: string, isCut: boolean): void
  other(value: number | boolean | null): void
  /** How much of the text that begins now is wanted (characters); asked before `text`. */
  wanted(): number
}

/** What is wrong with the JSON, and at which character. */
export interface JsonFault {
  kind: 'syntax' | 'too_deep' | 'ended_early'
  at: number
}

/** Deeper than any archive: each level costs memory, and a hostile file has millions. */
const deepest = 2_000
/** A number or word that is longer is none. */
const longestWord = 100
/** A member's name that is longer is cut. */
const longestName = 1_000

type Expected = 'value' | 'value_or_end' | 'name_or_end' | 'name' | 'colon' | 'comma_or_end' | 'nothing'

const quote = 34
const backslash = 92
const shortEscapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
const words: Record<string, boolean | null> = { true: true, false: false, null: null }

/** A text that is being read. */
interface OpenText {
  parts: string[]
  length: number
  wanted: number
  isName: boolean
}

export class JsonTokens {
  readonly #listener: JsonListener
  /** Whether each open container is an object. */
  readonly #open: boolean[] = []
  #expected: Expected = 'value'
  #fault: JsonFault | null = null
  /** How many characters were in the pieces before this one. */
  #before = 0
  #text: OpenText | null = null
  /** An escape that is being read, from its backslash on. */
  #escape = ''
  /** A number, `true`, `false` or `null` that is being read. */
  #word = ''

  constructor(listener: JsonListener) {
    this.#listener = listener
  }

  get fault(): JsonFault | null {
    return this.#fault
  }

  /** Reads on; what follows a fault is ignored. */
  write(piece: string): void {
    for (let at = 0; at < piece.length && this.#fault === null; ) {
      if (this.#text !== null) at = this.#readText(this.#text, piece, at)
      else if (this.#word !== '') at = this.#readWord(piece, at)
      else {
        this.#readMark(piece.charAt(at), this.#before + at)
        at += 1
      }
    }
    this.#before += piece.length
  }

  /** The end of the text: what was wrong with it, `null` if it was one whole value. */
  end(): JsonFault | null {
    if (this.#fault === null && this.#word !== '' && this.#open.length === 0) this.#endWord(this.#before)
    if (this.#expected !== 'nothing') this.#fail('ended_early', this.#before)
    return this.#fault
  }

  #fail(kind: JsonFault['kind'], at: number): void {
    this.#fault ??= { kind, at }
  }

  #valueEnded(): void {
    this.#expected = this.#open.length === 0 ? 'nothing' : 'comma_or_end'
  }

  #readMark(mark: string, at: number): void {
    const expected = this.#expected
    const isValue = expected === 'value' || expected === 'value_or_end'
    if (mark === ' ' || mark === '\n' || mark === '\r' || mark === '\t') return
    if (mark === '"' && (isValue || expected === 'name' || expected === 'name_or_end')) this.#openText(!isValue)
    else if ((mark === '{' || mark === '[') && isValue) this.#openContainer(mark === '{', at)
    else if (mark === '}' || mark === ']') this.#closeContainer(mark === '}', at)
    else if (mark === ':' && expected === 'colon') this.#expected = 'value'
    else if (mark === ',' && expected === 'comma_or_end') this.#expected = this.#open.at(-1) ? 'name' : 'value'
    else if (isValue && /[-\dtfn]/.test(mark)) this.#word = mark
    else this.#fail('syntax', at)
  }

  #openText(isName: boolean): void {
    this.#text = { parts: [], length: 0, wanted: isName ? longestName : this.#listener.wanted(), isName }
  }

  /** Returns where to go on. */
  #readText(text: OpenText, piece: string, from: number): number {
    if (this.#escape !== '') return this.#readEscape(text, piece, from)
    for (let at = from; at < piece.length; at++) {
      const code = piece.charCodeAt(at)
      if (code !== quote && code !== backslash) continue
      take(text, piece.slice(from, at))
      if (code === quote) this.#endText(text)
      else this.#escape = '\\'
      return at + 1
    }
    take(text, piece.slice(from))
    return piece.length
  }

  #readEscape(text: OpenText, piece: string, at: number): number {
    this.#escape += piece.charAt(at)
    const letter = this.#escape.charAt(1)
    if (letter === 'u' && this.#escape.length < 6) return at + 1
    const digits = this.#escape.slice(2)
    this.#escape = ''
    if (letter === 'u' ? !/^[0-9a-fA-F]{4}$/.test(digits) : !'"\\/bfnrt'.includes(letter)) {
      this.#fail('syntax', this.#before + at)
    } else
      take(text, letter === 'u' ? String.fromCharCode(Number.parseInt(digits, 16)) : (shortEscapes[letter] ?? letter))
    return at + 1
  }

  #endText({ parts, length, wanted, isName }: OpenText): void {
    this.#text = null
    if (isName) {
      this.#expected = 'colon'
      this.#listener.name(parts.join(''))
    } else {
      this.#valueEnded()
      this.#listener.text(parts.join(''), length > wanted)
    }
  }

  #readWord(piece: string, at: number): number {
    const mark = piece.charAt(at)
    if (/[\w.+-]/.test(mark) && this.#word.length < longestWord) {
      this.#word += mark
      return at + 1
    }
    this.#endWord(this.#before + at)
    return at
  }

  #endWord(at: number): void {
    const word = this.#word
    this.#word = ''
    const isNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word)
    if (!isNumber && !Object.hasOwn(words, word)) {
      this.#fail('syntax', at)
      return
    }
    this.#valueEnded()
    this.#listener.other(isNumber ? Number(word) : (words[word] ?? null))
  }

  #openContainer(isObject: boolean, at: number): void {
    if (this.#open.length >= deepest) {
      this.#fail('too_deep', at)
      return
    }
    this.#open.push(isObject)
    this.#expected = isObject ? 'name_or_end' : 'value_or_end'
    this.#listener.open(isObject ? 'object' : 'array')
  }

  #closeContainer(isObject: boolean, at: number): void {
    const mayEnd = this.#expected === 'comma_or_end' || this.#expected === (isObject ? 'name_or_end' : 'value_or_end')
    if (!mayEnd || this.#open.at(-1) !== isObject) {
      this.#fail('syntax', at)
      return
    }
    this.#open.pop()
    this.#valueEnded()
    this.#listener.close()
  }
}

function take(text: OpenText, piece: string): void {
  const room = text.wanted - text.length
  if (room > 0 && piece !== '') text.parts.push(piece.slice(0, room))
  text.length += piece.length
}
