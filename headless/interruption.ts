// Being told to stop: by Ctrl-C, by the terminal closing, by the system. Only commands that wait ask for it; the others
// end at once, which the vault is made to bear.

const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Settles with the first signal to stop; a second one ends the process at once. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => onInterruption(resolve))
}

/** Calls `stop` at the first signal; the answer takes it back. */
export function onInterruption(stop: () => void): () => void {
  const forget = () => {
    for (const signal of signals) process.off(signal, heard)
  }
  const heard = () => {
    forget()
    stop()
  }
  for (const signal of signals) process.on(signal, heard)
  return forget
}
