// Looks for secrets where none belong: in the bytes of every file of a folder, and in what was written or is on screen.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The files under `folder` that hold one of the secrets in the clear. */
export function filesHolding(secrets: readonly string[], folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => holds(readFileSync(path), secrets))
}

function holds(bytes: Buffer, secrets: readonly string[]): boolean {
  return secrets.some((secret) => bytes.includes(secret) || bytes.includes(Buffer.from(secret, 'utf16le')))
}
