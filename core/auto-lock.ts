// The vault locks by itself: after a while without use, when the machine goes to sleep, when its screen is locked. Owns
// when that is; refuses to count what the application does by itself as use, and to lock while the person signs in elsewhere.
import type { Caller } from '../contract/connection.ts'
import type { LockSettings } from '../contract/settings.ts'
import type { Alarm, Clock, Presence } from './ports.ts'
import type { LockCause } from './vault/opening.ts'

export interface AutoLock {
  /** Somebody has just used the application, or has changed the settings, or has opened the vault. */
  used(): void
  end(): void
}

export interface AutoLockParts {
  clock: Clock
  alarm: Alarm
  /** `null` where the machine tells nothing of the person: then use is what callers ask for. */
  presence: Presence | null
  settings(): LockSettings
  isOpen(): boolean
  /** Whether the person is expected back: at a sign-in page, or with a code. */
  isAwaited(): boolean
  lock(cause: LockCause): void
}

/** How soon to look again (ms) where the person is awaited. */
const lookAgain = 30_000

/** Watches over an open vault until it is ended. */
export function createAutoLock(parts: AutoLockParts): AutoLock {
  const { clock, alarm, presence, settings, isOpen, isAwaited, lock } = parts
  let lastUse = clock.now()
  let callOff: (() => void) | null = null

  /** What the machine knows counts from the last use here at most: a command may come while nobody is at its keyboard. */
  function idleFor(): number {
    const unused = Math.max(0, clock.now() - lastUse)
    return presence ? Math.min(presence.idleFor(), unused) : unused
  }

  function watch(soonest = 0): void {
    callOff?.()
    callOff = null
    const { afterMinutes } = settings()
    if (afterMinutes === null || !isOpen()) return
    callOff = alarm(Math.max(soonest, afterMinutes * 60_000 - idleFor()), look)
  }

  function look(): void {
    callOff = null
    const { afterMinutes } = settings()
    if (afterMinutes === null || !isOpen()) return
    if (isAwaited()) watch(lookAgain)
    else if (idleFor() < afterMinutes * 60_000) watch()
    else lock({ reason: 'locked_by_itself', why: `Nobody used it for ${minuteWords(afterMinutes)}.` })
  }

  const stopHearing = presence?.onAway((how) => {
    const { onSleep, onScreenLock } = settings()
    if (!isOpen() || !(how === 'sleep' ? onSleep : onScreenLock)) return
    const why = how === 'sleep' ? 'The computer went to sleep.' : 'The screen was locked.'
    lock({ reason: 'locked_by_itself', why })
  })

  return {
    used() {
      lastUse = clock.now()
      watch()
    },
    end() {
      callOff?.()
      stopHearing?.()
    },
  }
}

function minuteWords(minutes: number): string {
  if (minutes === 1) return 'a minute'
  return minutes === 60 ? 'an hour' : `${minutes} minutes`
}

/** A tab asks for much by itself, so it says when it is used. */
export function isUse(name: string, caller: Caller): boolean {
  return caller === 'tab' ? name === 'app.used' : caller !== 'host'
}
