// The end of the process: what is open is closed first. Refuses to keep the person waiting for it.
import { app } from 'electron'
import type { Log } from '../core/ports.ts'

/** Closing is writing a file and ending a listener; longer than this (ms) and something hangs. */
const patience = 3_000

/** Runs `work` once before the process ends, whichever way the person ends it. */
export function beforeLeaving(work: () => Promise<unknown>, log: Log): void {
  let begun = false
  let finished = false
  app.on('will-quit', (event) => {
    if (finished) return
    event.preventDefault()
    if (begun) return
    begun = true
    const tooLong = new Promise((resolve) => setTimeout(resolve, patience))
    Promise.race([work(), tooLong])
      .catch(() => log.write('error', 'not everything could be closed'))
      .finally(() => {
        finished = true
        // Not from within the event itself, where Electron does not listen.
        setImmediate(() => app.quit())
      })
  })
}
