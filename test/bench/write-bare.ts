// The least that any save on disk costs: what other writes are compared with.
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes the bytes atomically: written beside the file, synced and renamed. */
export function writeBare(path: string, bytes: Buffer): void {
  const fresh = `${path}.new`
  const file = openSync(fresh, 'w', 0o600)
  writeSync(file, bytes)
  fsyncSync(file)
  closeSync(file)
  renameSync(fresh, path)
  // Without it a power cut may bring the old file back.
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
}
