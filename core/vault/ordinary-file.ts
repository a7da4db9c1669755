// Reading a file of the vault's folder that somebody else may have put there. Refuses whatever is no ordinary file before it
// is opened, since reading a pipe waits for ever and takes the whole process with it.
import { lstatSync, readFileSync, statSync } from 'node:fs'

/** Something lies in a file's place that cannot be used as one; `code` is read as the system's own codes are. */
export class StrayFile extends Error {
  readonly code = 'NO_FILE'
  readonly path: string

  constructor(path: string) {
    super(`${path} is no ordinary file. Move it away, then try again.`)
    this.name = 'StrayFile'
    this.path = path
  }
}

/** Throws StrayFile where a folder, a pipe or the like lies at `path`, or a link leads to one. */
export function refuseStray(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found && !found.isFile()) throw new StrayFile(path)
}

/** Whether a link lies there, wherever it leads. */
export function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
}

/** The file's text; throws StrayFile, or the system's error. */
export function readOrdinary(path: string): string {
  refuseStray(path)
  return readFileSync(path, 'utf8')
}
