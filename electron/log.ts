// The desktop host's log: standard error for those who started it from a terminal, and a small private file. Never logs
// error messages, which may quote a token or an address.
import { appendFileSync, chmodSync, renameSync, statSync } from 'node:fs'
import type { Log } from '../core/ports.ts'

/** At this many bytes the file is renamed to `….1` and a new one is started. */
const fullAt = 1_000_000

/** A log at `path`; a line that cannot be written is dropped. */
export function fileLog(path: string): Log {
  return {
    write(level, message, detail = {}) {
      const line = `${JSON.stringify({ at: new Date().toISOString(), level, message, ...detail })}\n`
      if (level === 'error') process.stderr.write(line)
      try {
        if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > fullAt) renameSync(path, `${path}.1`)
        appendFileSync(path, line, { mode: 0o600 })
        // A file that already existed may have another mode.
        if (process.platform !== 'win32') chmodSync(path, 0o600)
      } catch {
        process.stderr.write(line)
      }
    },
  }
}
