// Being told to stop: by Ctrl-C, by the terminal closing, by the system. Only commands that wait ask for it; the others
// end at once, which the vault is made to bear.

/** All by which a process is told to end and can still do so in order; a system knows some of them. */
export const signals: readonly NodeJS.Signals[] = [
  ...(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGBREAK', 'SIGABRT'] as const),
  ...(['SIGALRM', 'SIGVTALRM', 'SIGXCPU', 'SIGUSR2', 'SIGPWR'] as const),
]

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
  for (const signal of signals) listenFor(signal, heard)
  return forget
}

function listenFor(signal: NodeJS.Signals, heard: () => void): void {
  try {
    process.on(signal, heard)
  } catch {
    // This system has no such signal.
  }
}
