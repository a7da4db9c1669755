// One line typed or pasted at a terminal in raw mode. Owns what each key does. It writes nothing and knows no limit: a
// terminal that edits lines itself cuts them at 4,095 bytes, on macOS at 1,024.
import { createKeyReader } from './terminal-keys.ts'

export type LineEnd =
  | { kind: 'entered'; text: string }
  /** Ctrl-C, Ctrl-\ and Ctrl-Z, which a terminal in raw mode turns into no signal, and Ctrl-D. */
  | { kind: 'interrupt' | 'quit' | 'suspend' | 'end' }

export interface LineEditor {
  /** What has been typed so far. */
  readonly text: string
  /** Takes what the terminal sent: the end that it brings, with what came after it; `null` while the line goes on. */
  take(chunk: string): (LineEnd & { rest: string }) | null
}

const ends: Record<string, Exclude<LineEnd['kind'], 'entered'>> = {
  '\u0003': 'interrupt',
  '\u0004': 'end',
  '\u001a': 'suspend',
  '\u001c': 'quit',
}

const isLineBreak = (character: string | undefined) => character === '\r' || character === '\n'
const isText = (character: string) => character >= ' ' && character !== '\u007f'

/** What the keys that erase leave of a line. */
const erasures: Record<string, (line: string[]) => string[]> = {
  '\u007f': (line) => line.slice(0, -1),
  '\b': (line) => line.slice(0, -1),
  '\u0015': () => [],
}

/** `joins`: a line break with text after it in one piece was pasted by a terminal that marks no pastes, and is kept. */
export function createLineEditor({ joins = false }: { joins?: boolean } = {}): LineEditor {
  const keys = createKeyReader()
  let line: string[] = []

  function entered(): LineEnd {
    const text = line.join('').replace(/[\r\n]+$/, '')
    line = []
    return { kind: 'entered', text }
  }

  function press(key: string): LineEnd | null {
    const end = ends[key]
    if (end) return { kind: end }
    if (isLineBreak(key)) {
      if (!joins || keys.rest.trim() === '') return entered()
      line.push('\n')
    } else if (erasures[key]) line = erasures[key](line)
    else if (isText(key)) line.push(key)
    return null
  }

  function paste(text: string): void {
    for (const character of text) if (isText(character) || '\r\n\t'.includes(character)) line.push(character)
  }

  return {
    get text() {
      return line.join('')
    },
    take(chunk) {
      keys.add(chunk)
      for (let key = keys.next(); key !== null; key = keys.next()) {
        if (key.kind === 'pasted') paste(key.text)
        // A paste that ends with the end of its line says that it is whole.
        const isWhole = key.kind === 'paste_end' && isLineBreak(line.at(-1))
        const end = key.kind === 'key' ? press(key.key) : isWhole ? entered() : null
        if (end === null) continue
        const { rest } = keys
        keys.clear()
        return { ...end, rest }
      }
      return null
    },
  }
}
