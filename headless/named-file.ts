// Files that the person named on the command line.
import { readFile, writeFile } from 'node:fs/promises'
import { CommandError } from './command-error.ts'
import { plain } from './output.ts'

/** A file's whole content in this encoding. Throws CommandError. */
export function readNamedFile(file: string, encoding: 'utf8' | 'base64' = 'utf8'): Promise<string> {
  return readFile(file, encoding).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`${plain(file)} cannot be read (${error.code ?? 'no reason given'}).`)
  })
}

/** Writes a new file, with `force` also over one that is there. Throws CommandError. */
export function writeNamedFile(file: string, text: string, force = false): Promise<void> {
  return writeFile(file, text, { flag: force ? 'w' : 'wx' }).catch((error: NodeJS.ErrnoException) => {
    const remedy = error.code === 'EEXIST' ? 'Choose another name, or --force.' : undefined
    throw new CommandError(`${plain(file)} cannot be written (${error.code ?? 'no reason'}).`, remedy)
  })
}
