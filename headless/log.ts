// What a headless host writes down about itself: its errors, on standard error. Refuses nothing, because callers pass no
// secret; error messages, which may quote one, never come here.
import type { Log } from '../core/ports.ts'

export const errorLog: Log = {
  write(level, message, detail = {}) {
    if (level !== 'error') return
    const fields = Object.entries(detail).map(([name, value]) => ` ${name}=${value}`)
    process.stderr.write(`grantdesk: ${message}${fields.join('')}\n`)
  },
}
