// Newline-delimited JSON over a byte stream: the framing of the local socket, for both of its ends, and the lines that are
// neither calls nor answers.
import type { Socket } from 'node:net'
import { StringDecoder } from 'node:string_decoder'

/** A caller's first line, from protocol 2 on: it waits for signs of life. */
export const helloMessage = { hello: true }

/** What such a caller hears at once, and again and again while something of its own is under way. */
export const aliveMessage = { alive: true }

/** The last that a host says to a caller: it leaves, and whatever it has not answered it has not begun. */
export const leavingMessage = { leaving: true }

export interface MessageReader {
  /** Characters of a line that has begun and has no end yet. */
  unfinished(): number
}

/** Calls `onMessage` for each line; a line that is no JSON or longer than `longest` characters ends the connection. */
export function readMessages(socket: Socket, longest: number, onMessage: (message: unknown) => void): MessageReader {
  const decoder = new StringDecoder('utf8')
  let begun: string[] = []
  let length = 0

  const finish = (end: string): void => {
    const line = begun.join('') + end
    begun = []
    length = 0
    if (line.trim() !== '') onMessage(JSON.parse(line))
  }

  socket.on('data', (chunk: Buffer) => {
    try {
      const [first = '', ...more] = decoder.write(chunk).split('\n')
      const rest = more.pop()
      if (rest === undefined) {
        begun.push(first)
        length += first.length
      } else {
        finish(first)
        for (const line of more) finish(line)
        begun = [rest]
        length = rest.length
      }
      if (length > longest) socket.destroy()
    } catch {
      socket.destroy()
    }
  })
  return { unfinished: () => length }
}

export function writeMessage(socket: Socket, message: object): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`)
}
