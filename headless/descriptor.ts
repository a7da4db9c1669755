// Reads a file descriptor once: line by line for secrets, then the rest.
import { createReadStream } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { CommandError } from './command-error.ts'

export interface Source {
  /** The next line without its line break; `undefined` at the end. */
  line(): Promise<string | undefined>
  /** Everything that is left, unchanged. */
  rest(): Promise<string>
}

/** Programs on Windows begin what they write with one. */
const byteOrderMark = /^\ufeff/

/** Characters: no key or address is as long. */
const longestLine = 500_000
/** The limit for `rest` in characters, as for a request's body. */
const longestRest = 2_000_000

/** All functions throw a CommandError if the descriptor cannot be read or contains too much. */
export function readDescriptor(fd: number): Source {
  const chunks = piecesOf(fd)
  let text = ''
  let ended = false

  async function more(): Promise<boolean> {
    const { value, done } = await chunks.next()
    if (done) ended = true
    else text += value
    return !ended
  }

  return {
    async line() {
      let end = text.indexOf('\n')
      while (end < 0 && !ended && (await more())) {
        if (text.length > longestLine) throw new CommandError('What came as a secret is too long to be one.')
        end = text.indexOf('\n')
      }
      if (end < 0 && text === '') return undefined
      const line = (end < 0 ? text : text.slice(0, end)).replace(byteOrderMark, '')
      text = end < 0 ? '' : text.slice(end + 1)
      return line.replace(/\r$/, '')
    },
    async rest() {
      while (!ended && (await more())) {
        if (text.length > longestRest) throw new CommandError('What came is too long to be sent.')
      }
      const rest = text
      text = ''
      return rest
    },
  }
}

async function* piecesOf(fd: number): AsyncGenerator<string, void> {
  const input = fd === 0 ? process.stdin : createReadStream('', { fd, autoClose: false })
  // A character may be split between two chunks.
  const decoder = new StringDecoder('utf8')
  try {
    for await (const chunk of input) yield typeof chunk === 'string' ? chunk : decoder.write(chunk)
  } catch {
    throw new CommandError(`File descriptor ${fd} cannot be read.`)
  }
  yield decoder.end()
}
