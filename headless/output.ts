// What reaches the terminal. Owns standard output and standard error; refuses control characters from elsewhere, because a
// server's words must not steer the person's terminal, and keeps quiet when the reader of a pipe has gone.
import type { CommandError } from './command-error.ts'

/** C0 and C1 controls, and the marks that reverse the direction of text; tab and newline stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/** Text from a server or a file, made harmless for a terminal. */
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

/** One line of JSON; what a terminal would obey is written as `\u…`, which any reader of JSON turns back. */
export function printJson(value: unknown): void {
  print(jsonLine(value))
}

export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(controls, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** What a person should know, and a program reading standard output should not. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Says why the command failed; answers the exit code. */
export function reportError(error: CommandError): number {
  note(`grantdesk: ${plainLine(error.message)}`)
  if (error.remedy) note(plainLine(error.remedy))
  return error.exitCode
}

/** Why the answer did not reach standard output, where that is a failure. */
let unwritten: string | null = null

/**
 * A reader that stops reading (`| head`) is no failure of ours, and changes nothing about how the command ended; a disk that
 * is full is one.
 */
export function toleratePipes(): void {
  process.stderr.on('error', () => undefined)
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || unwritten !== null) return
    unwritten = error.code ?? 'unknown'
    note(`grantdesk: Standard output cannot be written (${unwritten}).`)
  })
}

/** Ends the process once everything is written; connections kept alive for later would hold it back. */
export async function finish(exitCode: number): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => stream.write('', () => resolve()))
  }
  process.exit(exitCode === 0 && unwritten !== null ? 1 : exitCode)
}
