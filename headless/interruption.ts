// The signals to stop: Ctrl-C, a closing terminal, the system. Only commands that wait handle them; the others end at once,
// which is safe for the vault.

/** Every signal that asks a process to end and can be handled; no system has them all. */
export const signals: readonly NodeJS.Signals[] = [
  ...(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGBREAK', 'SIGABRT'] as const),
  ...(['SIGALRM', 'SIGVTALRM', 'SIGXCPU', 'SIGUSR2', 'SIGPWR'] as const),
]

/** Resolves at the first signal; a second one ends the process at once. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => onInterruption(resolve))
}

/** Calls `stop` at the first signal; returns a function that removes the handlers. */
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
