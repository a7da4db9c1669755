// What is pasted while an attempt waits: at the terminal, or as lines of standard input. Owns what is said of an answer that
// was not taken, and that one that a program broke over lines there is put together.
import type { Door } from '../contract/caller.ts'
import { note, plainLine } from './output.ts'
import { raiseFor, readRaw } from './raw-terminal.ts'
import type { SecretInput } from './secret-input.ts'

/** Passes on each answer, until the answer is called; `onEnd` where standard input ends before, unless it is a terminal. */
export function passOnPasted(door: Door, id: string, secrets: SecretInput, onEnd: () => void): () => void {
  if (process.stdin.isTTY) return readPasted((text) => void paste(door, id, text))
  let stopped = false
  /** The lines so far of an address that is not whole yet; an empty line begins anew. */
  let before = ''
  const next = async (): Promise<void> => {
    const line = await secrets.pasted()
    if (line === null) return stopped ? undefined : onEnd()
    const text = `${before}${line}`
    const isTaken = line.trim() !== '' && (await paste(door, id, text))
    before = !isTaken && line.trim() !== '' && /[?&]/.test(text) ? `${text}\n` : ''
    if (!stopped) await next()
  }
  next().catch(() => {
    if (!stopped) onEnd()
  })
  return () => {
    stopped = true
    process.stdin.destroy()
  }
}

/** Whether it was taken. */
async function paste(door: Door, id: string, text: string): Promise<boolean> {
  if (text.trim() === '') return false
  const answer = await door.call('connect.answer', { id, text })
  if (!answer.ok) note(plainLine([answer.failure.message, answer.failure.remedy].filter(Boolean).join(' ')))
  return answer.ok
}

/** Lines of any length; meanwhile it is shown how much there is, and not what. */
function readPasted(onLine: (line: string) => void): () => void {
  const count = countShown()
  const stop = readRaw({
    joins: true,
    onChange: (text) => count.show(text.length),
    onEnd(end) {
      count.clear()
      if (end.kind === 'entered') onLine(end.text)
      else if (end.kind === 'interrupt' || end.kind === 'quit') raiseFor(end.kind)
    },
  })
  return () => {
    count.clear()
    stop()
  }
}

function countShown(): { show(characters: number): void; clear(): void } {
  let shown = false
  const write = (words: string) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${words}`)
  }
  return {
    show(characters) {
      if (characters === 0) return this.clear()
      shown = true
      write(`${characters.toLocaleString('en')} ${characters === 1 ? 'character' : 'characters'}; Enter sends them.`)
    },
    clear() {
      if (shown) write('')
      shown = false
    },
  }
}
