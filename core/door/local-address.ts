// The address of a host's local socket: `door.sock` in the vault's folder, or a random one if that path is not possible.
// `door.json` in the folder contains it, so that callers find the socket and no other process can impersonate it.
import { randomBytes } from 'node:crypto'
import { chmodSync, lstatSync, mkdtempSync, realpathSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { noteFile, readLocalNote } from './local-note.ts'

/** The longest path of a socket (bytes): 103 on macOS, 107 on Linux. */
const longestPath = 100

/** The version of the messages that this host understands, so that a newer caller knows what it cannot use. */
const protocol = 2

/** Chooses an address: a path, or a named pipe on Windows. Removes a socket that a crash left there. */
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

/** Publishes the address for callers; to be called once the socket listens. */
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

/** Removes the note, unless another host has replaced it. */
export function withdrawLocalAddress(folder: string, address: string): void {
  if (readLocalNote(folder)?.address === address) rmSync(noteFile(folder), { force: true })
  if (address.startsWith('\\\\') || dirname(address) === realpathSync(folder)) return
  rmSync(address, { force: true })
  rmdirSync(dirname(address))
}
