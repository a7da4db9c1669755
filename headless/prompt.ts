// Questions for secrets on a terminal: what is typed is not shown and not kept in a history.
import { CommandError } from './command-error.ts'

/** An arrow key is no part of a secret. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one
const escapeSequences = /\u001b(\[[0-9;]*[A-Za-z~]|O.|)/g

export const cancelled = () => new CommandError('Cancelled.')

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
