// Locks the vault automatically: when idle, when the machine goes to sleep, when its screen is locked. What the application
// does on its own is not use, and it does not lock while the person is signing in elsewhere.
import type { Caller } from '../contract/connection.ts'
import type { LockSettings } from '../contract/settings.ts'
import type { Alarm, Clock, Presence } from './ports.ts'
import type { LockCause } from './vault/opening.ts'

export interface AutoLock {
  /** The application was just used, the settings were changed, or the vault was opened. */
  used(): void
  end(): void
}

export interface AutoLockParts {
  clock: Clock
  alarm: Alarm
  /** `null` if the host cannot tell whether the person is there: then calls count as use. */
  presence: Presence | null
  settings(): LockSettings
  isOpen(): boolean
  /** Whether the person is expected back from a sign-in page, or with a code. */
  isAwaited(): boolean
  lock(cause: LockCause): void
}

/** How soon to check again (ms) while the person is expected back. */
const lookAgain = 30_000

/** Watches an open vault until stopped. */
export function createAutoLock(parts: AutoLockParts): AutoLock {
  const { clock, alarm, presence, settings, isOpen, isAwaited, lock } = parts
  let lastUse = clock.now()
  let callOff: (() => void) | null = null

  /** The machine's idle time, or less: a command may arrive while nobody is at the keyboard. */
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

/** Tabs make many calls on their own, so they report use explicitly. */
export function isUse(name: string, caller: Caller): boolean {
  return caller === 'tab' ? name === 'app.used' : caller !== 'host'
}
