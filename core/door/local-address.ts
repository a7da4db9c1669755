// Where a host's local socket is: `door.sock` in the vault's folder where such a path is allowed, else a place nobody can
// guess. `door.json` in the folder says which, so that every caller finds it and nobody else can stand in for it.
import { randomBytes } from 'node:crypto'
import { chmodSync, lstatSync, mkdtempSync, realpathSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { noteFile, readLocalNote } from './local-note.ts'

/** Bytes of a socket's path: 103 fit on macOS, 107 on Linux. */
const longestPath = 100

/** The lines that this version understands; a caller of a newer one sees by it what it may not ask for. */
const protocol = 2

/** An address to listen at: a path, or a named pipe on Windows. A socket left there by a crash is removed. */
export function makeLocalAddress(folder: string, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32') return `\\\\.\\pipe\\grantdesk-${randomBytes(16).toString('hex')}`
  const inFolder = join(realpathSync(folder), 'door.sock')
  if (Buffer.byteLength(inFolder) > longestPath)
    return join(mkdtempSync(join(shortTemporaryFolder(), 'grantdesk-')), 'door.sock')
  if (lstatSync(inFolder, { throwIfNoEntry: false })?.isSocket()) rmSync(inFolder)
  return inFolder
}

function shortTemporaryFolder(): string {
  const usual = tmpdir()
  return Buffer.byteLength(join(usual, 'grantdesk-123456', 'door.sock')) > longestPath ? '/tmp' : usual
}

/** Tells callers where to come; called once the socket listens. */
export function publishLocalAddress(folder: string, address: string): void {
  if (process.platform !== 'win32') chmodSync(address, 0o600)
  const fresh = `${noteFile(folder)}.new`
  try {
    writeFileSync(fresh, JSON.stringify({ address, protocol }), { mode: 0o600 })
    renameSync(fresh, noteFile(folder))
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  }
}

/** Takes the note back, unless another host has written its own since. */
export function withdrawLocalAddress(folder: string, address: string): void {
  if (readLocalNote(folder)?.address === address) rmSync(noteFile(folder), { force: true })
  if (address.startsWith('\\\\') || dirname(address) === realpathSync(folder)) return
  rmSync(address, { force: true })
  rmdirSync(dirname(address))
}
