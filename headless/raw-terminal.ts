// The terminal in raw mode, for as long as a line is read. Owns that it is put back: when the line has ended, when the process
// ends, when a signal ends or stops it. In its own mode a terminal shows what is typed, and cuts a long line without a word.
import { signals } from './interruption.ts'
import { createLineEditor, type LineEnd } from './line-editor.ts'
import { markPastes } from './terminal-keys.ts'

export interface RawReading {
  /** See LineEditor. */
  joins?: boolean
  onChange?(text: string): void
  /** What was entered, or a key that ends the reading; Ctrl-C, Ctrl-\ and Ctrl-Z come only where this answers them. */
  onEnd(end: LineEnd): void
}

/** Reads lines from the terminal on standard input, one after another, until the answer is called. */
export function readRaw({ joins = false, onChange, onEnd }: RawReading): () => void {
  const { stdin } = process
  const mode = rawMode()
  const editor = createLineEditor({ joins })
  let stopped = false

  const stop = () => {
    if (stopped) return
    stopped = true
    stdin.off('data', read)
    stdin.off('end', ended)
    stdin.off('error', ended)
    mode.leave()
    stdin.pause()
  }
  const ended = () => onEnd({ kind: 'end' })
  const read = (chunk: string) => {
    let left = chunk
    while (!stopped) {
      const end = editor.take(left)
      if (end === null) return onChange?.(editor.text)
      const { rest, ...what } = end
      if (what.kind === 'suspend') suspend(mode)
      else onEnd(what)
      // What was typed ahead belongs to the next question.
      if (stopped && rest !== '') stdin.unshift(rest)
      left = rest
    }
  }
  mode.enter()
  stdin.setEncoding('utf8')
  stdin.on('data', read)
  stdin.on('end', ended)
  stdin.on('error', ended)
  stdin.resume()
  return stop
}

interface RawMode {
  enter(): void
  leave(): void
}

function rawMode(): RawMode {
  const { stdin, stderr } = process
  const watched = signals.map((signal) => [signal, () => interrupted(signal)] as const)
  let entered = false

  function set(raw: boolean): void {
    if (stderr.isTTY) stderr.write(raw ? markPastes.on : markPastes.off)
    stdin.setRawMode(raw)
  }
  function leave(): void {
    if (!entered) return
    entered = false
    process.off('exit', leave)
    process.off('SIGCONT', again)
    for (const [signal, heard] of watched) process.off(signal, heard)
    set(false)
  }
  /** Before other listeners; without any, the signal does what it always does. */
  function interrupted(signal: NodeJS.Signals): void {
    leave()
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  }
  /** A shell that brings the process to the foreground has set the terminal’s mode for itself meanwhile. */
  function again(): void {
    set(false)
    set(true)
  }

  return {
    leave,
    enter() {
      if (entered) return
      entered = true
      process.on('exit', leave)
      if (process.platform !== 'win32') process.on('SIGCONT', again)
      for (const [signal, heard] of watched) {
        try {
          process.prependListener(signal, heard)
        } catch {
          // This system has no such signal.
        }
      }
      set(true)
    },
  }
}

/** Ctrl-Z, to all that the terminal would have sent it to. */
function suspend({ leave, enter }: RawMode): void {
  if (process.platform === 'win32') return
  leave()
  process.kill(0, 'SIGTSTP')
  enter()
}

/** Does what the key would have done in the terminal's own mode. */
export function raiseFor(kind: 'interrupt' | 'quit'): void {
  if (kind === 'quit' && process.platform !== 'win32') process.kill(process.pid, 'SIGQUIT')
  // On Windows kill would end the process despite listeners.
  else if (process.platform === 'win32') process.emit('SIGINT', 'SIGINT')
  else process.kill(process.pid, 'SIGINT')
}
