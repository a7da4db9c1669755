// Writes to standard output and standard error. Replaces control characters, because a server's text must not control the
// terminal, and ignores a closed pipe.
import type { CommandError } from './command-error.ts'

/** C0 and C1 controls, and the marks that reverse the direction of text; tab and newline stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/** Text from a server or a file without control characters. */
export function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(controls, '\ufffd')
}

/** One line of it. */
export function plainLine(text: string): string {
  return plain(text.replace(/\s+/g, ' ')).trim()
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** One line of JSON with control characters escaped as `\u…`. */
export function printJson(value: unknown): void {
  print(jsonLine(value))
}

export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(controls, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** A note for the person, on standard error. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Prints why the command failed; returns the exit code. */
export function reportError(error: CommandError): number {
  note(`grantdesk: ${plainLine(error.message)}`)
  if (error.remedy) note(plainLine(error.remedy))
  return error.exitCode
}

/** The error code if standard output could not be written. */
let unwritten: string | null = null

/** Ignores a reader that stops reading (`| head`); other errors, such as a full disk, make the command fail. */
export function toleratePipes(): void {
  process.stderr.on('error', () => undefined)
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || unwritten !== null) return
    unwritten = error.code ?? 'unknown'
    note(`grantdesk: Standard output cannot be written (${unwritten}).`)
  })
}

/** Ends the process once everything is written, without waiting for kept-alive connections. */
export async function finish(exitCode: number): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => stream.write('', () => resolve()))
  }
  process.exit(exitCode === 0 && unwritten !== null ? 1 : exitCode)
}
