// Lines that a person types and that are no secret. Apart from the prompt for secrets, because every command would wait for
// Node's readline to load.
import { createInterface } from 'node:readline/promises'
import { cancelled } from './prompt.ts'

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

/** Whether the person at the terminal says yes; an empty line is `usual`, everything else is no. */
export async function askYes(question: string, usual: 'y' | 'n' = 'n'): Promise<boolean> {
  const answer = (await askLine(`${question} ${usual === 'y' ? '[Y/n]' : '[y/N]'} `)).trim()
  return /^y(es)?$/i.test(answer || usual)
}
