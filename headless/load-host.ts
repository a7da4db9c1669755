// The application, loaded when a command becomes a host. A library below it (when-exit, of conf's) takes every signal for
// itself, to remove files that we clear away ourselves, and swallows those that have two names, SIGABRT and SIGIO: they are
// given back here.
import { constants } from 'node:os'

const signals = Object.keys(constants.signals) as NodeJS.Signals[]

type StartHost = typeof import('./host.ts').startHost

/** What starts a host. */
export async function loadHost(): Promise<StartHost> {
  const ours = new Set(signals.flatMap((signal) => process.rawListeners(signal)))
  const { startHost } = await import('./host.ts')
  for (const signal of signals) {
    for (const listener of process.rawListeners(signal)) {
      if (!ours.has(listener)) process.off(signal, listener as NodeJS.SignalsListener)
    }
  }
  return startHost
}
