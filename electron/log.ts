// What the desktop host writes down about itself: standard error for whoever started it from a terminal, and a small file
// for everybody else. Owns the file's mode and size; refuses error messages, which may quote a token or an address.
import { appendFileSync, chmodSync, renameSync, statSync } from 'node:fs'
import type { Log } from '../core/ports.ts'

/** Beyond this many bytes the file becomes `….1` and a new one begins. */
const fullAt = 1_000_000

/** A log at `path`; a disk that cannot be written costs the line, never the application. */
export function fileLog(path: string): Log {
  return {
    write(level, message, detail = {}) {
      const line = `${JSON.stringify({ at: new Date().toISOString(), level, message, ...detail })}\n`
      if (level === 'error') process.stderr.write(line)
      try {
        if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > fullAt) renameSync(path, `${path}.1`)
        appendFileSync(path, line, { mode: 0o600 })
        // A file from elsewhere keeps its own mode.
        if (process.platform !== 'win32') chmodSync(path, 0o600)
      } catch {
        process.stderr.write(line)
      }
    },
  }
}
