// Files that the person named on the command line.
import { readFile } from 'node:fs/promises'
import { CommandError } from './command-error.ts'
import { plain } from './output.ts'

/** A file's whole content in this encoding. Throws CommandError. */
export function readNamedFile(file: string, encoding: 'utf8' | 'base64' = 'utf8'): Promise<string> {
  return readFile(file, encoding).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`${plain(file)} cannot be read (${error.code ?? 'no reason given'}).`)
  })
}
