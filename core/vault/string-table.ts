// A JSON object of strings with its serialized text cached in parts: a vault with thousands of records is written at every
// change, and only the changed parts are serialized again.

/** `value` is `null` for a member to remove. */
export interface TableChange {
  name: string
  value: string | null
}

/** Characters of the values in a part: few enough that one change serialises little, many enough that there are few parts. */
const partSize = 3 * 1024

interface Part {
  names: Set<string>
  /** Characters of the values that were put into it. */
  size: number
  /** The members' text without the commas around them; `null` where they have changed since. */
  text: Buffer | null
}

const [opening, comma, closing] = ['{', ',', '}'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer]

/** Members keep the order in which they came. */
export class StringTable {
  readonly #members = new Map<string, { value: string; part: Part }>()
  #parts: Part[] = []

  constructor(members: Iterable<[name: string, value: string]> = []) {
    for (const [name, value] of members) this.#set(name, value)
  }

  get(name: string): string | undefined {
    return this.#members.get(name)?.value
  }

  has(name: string): boolean {
    return this.#members.has(name)
  }

  get size(): number {
    return this.#members.size
  }

  *entries(): Generator<[name: string, value: string]> {
    for (const [name, { value }] of this.#members) yield [name, value]
  }

  names(): string[] {
    return [...this.#members.keys()]
  }

  /** Makes the changes, later ones over earlier ones; answers what undoes them. */
  apply(changes: TableChange[]): () => void {
    const before = changes.map(({ name }) => ({ name, value: this.get(name) ?? null })).reverse()
    this.#change(changes)
    return () => this.#change(before)
  }

  /** The JSON object, in pieces that follow each other. */
  pieces(): Buffer[] {
    const pieces = [opening]
    for (const part of this.#parts) {
      part.text ??= this.#textOf(part)
      if (pieces.length > 1) pieces.push(comma)
      pieces.push(part.text)
    }
    return [...pieces, closing]
  }

  toJSON(): Record<string, string> {
    return Object.fromEntries(this.entries())
  }

  #change(changes: TableChange[]): void {
    for (const { name, value } of changes) {
      if (value === null) this.#delete(name)
      else this.#set(name, value)
    }
  }

  #set(name: string, value: string): void {
    const member = this.#members.get(name)
    if (member) {
      member.value = value
      member.part.text = null
      return
    }
    let part = this.#parts.at(-1)
    if (!part || part.size >= partSize) {
      part = { names: new Set(), size: 0, text: null }
      this.#parts.push(part)
    }
    part.names.add(name)
    part.size += name.length + value.length
    part.text = null
    this.#members.set(name, { value, part })
  }

  #delete(name: string): void {
    const part = this.#members.get(name)?.part
    if (!part) return
    this.#members.delete(name)
    part.names.delete(name)
    part.text = null
    if (part.names.size === 0) this.#parts = this.#parts.filter((one) => one !== part)
  }

  #textOf({ names }: Part): Buffer {
    const members = [...names].map((name) => `${JSON.stringify(name)}:${JSON.stringify(this.get(name))}`)
    return Buffer.from(members.join(','), 'utf8')
  }
}

/** Returns the JSON text of an object, some of whose members may be tables; it is valid until the next call. */
export function createSerialiser(): (object: object) => Buffer {
  /** Reused: allocating memory of this size costs more than filling it, and what has not changed is in it already. */
  let text = Buffer.alloc(0)
  let placed: Buffer[] = []
  let offsets: number[] = []
  return (object) => {
    const pieces = piecesOf(object)
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
    if (text.length < length) {
      text = Buffer.allocUnsafeSlow(Math.ceil(length * 1.25))
      placed = []
    }
    const before = offsets
    offsets = []
    let at = 0
    for (const [number, piece] of pieces.entries()) {
      if (placed[number] !== piece || before[number] !== at) piece.copy(text, at)
      offsets.push(at)
      at += piece.length
    }
    placed = pieces
    return text.subarray(0, length)
  }
}

function piecesOf(object: object): Buffer[] {
  const pieces: Buffer[] = []
  /** The text between two tables. */
  let between = ''
  for (const [name, value] of Object.entries(object)) {
    between += `${pieces.length === 0 && between === '' ? '{' : ','}${JSON.stringify(name)}:`
    if (!(value instanceof StringTable)) {
      between += JSON.stringify(value)
      continue
    }
    pieces.push(Buffer.from(between, 'utf8'), ...value.pieces())
    between = ''
  }
  const isEmpty = pieces.length === 0 && between === ''
  pieces.push(Buffer.from(isEmpty ? '{}' : `${between}}`, 'utf8'))
  return pieces
}
