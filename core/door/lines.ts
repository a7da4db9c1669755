// Newline-delimited JSON over a byte stream, for both ends of the local socket, and the messages that are neither calls nor
// answers.
import type { Socket } from 'node:net'
import { StringDecoder } from 'node:string_decoder'

/** A caller's first message since protocol 2: it expects signs of life. */
export const helloMessage = { hello: true }

/** Sent to such a caller at once, and regularly while it waits for an answer. */
export const aliveMessage = { alive: true }

/** A host's last message: it ends, and has not started what it has not answered. */
export const leavingMessage = { leaving: true }

export interface MessageReader {
  /** How many characters of an incomplete line have arrived. */
  unfinished(): number
}

/** Calls `onMessage` for each line; a line that is not JSON or longer than `longest` characters ends the connection. */
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
