// Where a host's local socket is: `door.sock` in the vault's folder where such a path is allowed, else a place nobody can
// guess. `door.json` in the folder says which, so that every caller finds it and nobody else can stand in for it.
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'

/** Bytes of a socket's path: 103 fit on macOS, 107 on Linux. */
const longestPath = 100

const noteSchema = z.object({ address: z.string().min(1) })
const noteFile = (folder: string) => join(folder, 'door.json')

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
    writeFileSync(fresh, JSON.stringify({ address }), { mode: 0o600 })
    renameSync(fresh, noteFile(folder))
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  }
}

/** Where the vault's host listens, or listened last; `null` where none ever said. */
export function findLocalAddress(folder: string): string | null {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(noteFile(folder), 'utf8'))).address
  } catch {
    return null
  }
}

/** Takes the note back, unless another host has written its own since. */
export function withdrawLocalAddress(folder: string, address: string): void {
  if (findLocalAddress(folder) === address) rmSync(noteFile(folder), { force: true })
  if (address.startsWith('\\\\') || dirname(address) === realpathSync(folder)) return
  rmSync(address, { force: true })
  rmdirSync(dirname(address))
}
