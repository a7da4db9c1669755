// Questions on a terminal. Owns the hidden one, for secrets: nothing typed is shown, echoed or kept in a history.
import { createInterface } from 'node:readline/promises'
import { CommandError } from './command-error.ts'

/** An arrow key is no part of a secret. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one
const escapeSequences = /\u001b(\[[0-9;]*[A-Za-z~]|O.|)/g

const cancelled = () => new CommandError('Cancelled.')

/** Whether somebody can be asked. */
export function canAsk(): boolean {
  return Boolean(process.stdin.isTTY && process.stderr.isTTY)
}

/** Asks on standard error and reads a line without showing it. Ctrl-C and Ctrl-D cancel. */
export function askHidden(question: string): Promise<string> {
  const { stdin, stderr } = process
  // Before the question, so that nothing typed ahead is shown.
  stdin.setRawMode(true)
  stderr.write(question)
  stdin.setEncoding('utf8')
  stdin.resume()
  return new Promise((resolve, reject) => {
    let typed: string[] = []
    const end = () => {
      stdin.off('data', read)
      stdin.setRawMode(false)
      stdin.pause()
      stderr.write('\n')
    }
    const take = (key: string): boolean => {
      if (key === '\r' || key === '\n') {
        end()
        resolve(typed.join(''))
        return true
      }
      if (key === '\u0003' || key === '\u0004') {
        end()
        reject(cancelled())
        return true
      }
      if (key === '\u007f' || key === '\b') typed = typed.slice(0, -1)
      else if (key === '\u0015') typed = []
      else if (key >= ' ') typed.push(key)
      return false
    }
    const read = (chunk: string) => {
      for (const key of chunk.replace(escapeSequences, '')) if (take(key)) return
    }
    stdin.on('data', read)
  })
}

/** Asks on standard error and reads a line that is no secret. Ctrl-C and Ctrl-D cancel. */
export async function askLine(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await new Promise((resolve, reject) => {
      lines.once('SIGINT', () => reject(cancelled()))
      lines.once('close', () => reject(cancelled()))
      lines.question(question).then(resolve, reject)
    })
  } finally {
    lines.close()
  }
}

/** Calls `onLine` for each line typed, until the answer is called. */
export function readLines(onLine: (line: string) => void): () => void {
  const lines = createInterface({ input: process.stdin, terminal: false })
  lines.on('line', onLine)
  return () => {
    lines.close()
    process.stdin.pause()
  }
}
