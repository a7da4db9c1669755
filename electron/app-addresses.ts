// Addresses of an app's own scheme that the system hands to this app: asked for only while an attempt waits for one, and taken
// back afterwards. Any program can hand over anything, so an address is passed to those who wait for its scheme, and to nobody else.
import { longestAnswer } from '../contract/attempt.ts'
import { mutex } from '../core/mutex.ts'
import type { Browser } from '../core/ports.ts'

/** How the system learns which program opens a scheme. Both may throw the system's error. */
export interface SchemeRegistration {
  /** Answers why the system hands nothing over, in a sentence; `null` if it does from now on. */
  register(scheme: string): Promise<string | null>
  release(scheme: string): Promise<void>
}

/** How the system starts this app, with an address as the last argument. */
export interface Launch {
  program: string
  parameters: string[]
  /** `GRANTDESK_HOME`, if the vault is not in its usual place. */
  home: string | undefined
}

/** What is said where another program opens the scheme. */
export function ownedBy(program: string): string {
  return `Another program opens these addresses on this computer: ${program}.`
}

export interface AppAddresses {
  receive: NonNullable<Browser['receive']>
  /** The arguments of a second start, or an address that the system hands over. */
  arrived(texts: readonly string[]): void
}

type Take = (address: string) => void

const refused = 'The system did not let Grantdesk take these addresses.'

export function appAddresses(registration: SchemeRegistration): AppAddresses {
  const waiting = new Map<string, Set<Take>>()
  const oneAtATime = mutex()

  async function begin(scheme: string, take: Take): Promise<string | null> {
    const others = waiting.get(scheme)
    const why = others ? null : await registration.register(scheme).catch(() => refused)
    if (why === null) waiting.set(scheme, new Set([...(others ?? []), take]))
    return why
  }

  async function end(scheme: string, take: Take): Promise<void> {
    const takes = waiting.get(scheme)
    if (!takes?.delete(take) || takes.size > 0) return
    waiting.delete(scheme)
    // What cannot be taken back now is tried again at the next start.
    await registration.release(scheme).catch(() => undefined)
  }

  return {
    async receive(scheme, take) {
      const why = await oneAtATime(() => begin(scheme, take))
      return why === null ? { end: () => oneAtATime(() => end(scheme, take)) } : { why }
    },
    arrived(texts) {
      for (const text of texts) {
        if (text.length > longestAnswer) continue
        const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase() ?? ''
        for (const take of waiting.get(scheme) ?? []) take(text)
      }
    },
  }
}
