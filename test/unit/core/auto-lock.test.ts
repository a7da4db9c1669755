import { describe, expect, test } from 'vitest'
import { type LockSettings, usualSettings } from '../../../contract/settings.ts'
import { createAutoLock } from '../../../core/auto-lock.ts'
import type { Presence } from '../../../core/ports.ts'
import { memoryPorts } from '../../support/memory-ports.ts'

const minutes = (count: number) => count * 60_000

/** A machine that tells of the person at it. */
function monitor() {
  let told: Parameters<Presence['onAway']>[0] | null = null
  return {
    idle: 0,
    away: (how: 'sleep' | 'screen_lock') => told?.(how),
    isHeard: () => told !== null,
    presence(): Presence {
      return {
        idleFor: () => this.idle,
        onAway(listener) {
          told = listener
          return () => {
            told = null
          }
        },
      }
    },
  }
}

function watched({ lock = {}, presence = null }: { lock?: Partial<LockSettings>; presence?: Presence | null } = {}) {
  const { clock, alarm, pass, time } = memoryPorts()
  const state = { open: true, awaited: false, settings: { ...usualSettings.lock, ...lock } }
  const causes: string[] = []
  const autoLock = createAutoLock({
    ...{ clock, alarm, presence },
    settings: () => state.settings,
    isOpen: () => state.open,
    isAwaited: () => state.awaited,
    lock({ why }) {
      state.open = false
      causes.push(why)
    },
  })
  autoLock.used()
  return { state, causes, autoLock, pass, time }
}

describe('without use', () => {
  test('the vault locks after the time that was chosen, and says so', () => {
    const { causes, pass } = watched()
    pass(minutes(14))
    expect(causes).toEqual([])
    pass(minutes(1))
    expect(causes).toEqual(['Nobody used it for 15 minutes.'])
  })

  test('each use begins the time anew', () => {
    const { causes, autoLock, pass } = watched()
    for (let time = 0; time < 5; time++) {
      pass(minutes(14))
      autoLock.used()
    }
    expect(causes).toEqual([])
    pass(minutes(15))
    expect(causes).toHaveLength(1)
  })

  test('it never locks where the person chose never, and soon where a shorter time was chosen meanwhile', () => {
    const { causes, state, autoLock, pass } = watched({ lock: { afterMinutes: null } })
    pass(minutes(1000))
    state.settings = { ...state.settings, afterMinutes: 5 }
    autoLock.used()
    pass(minutes(5))
    expect(causes).toEqual(['Nobody used it for 5 minutes.'])
  })

  test('a vault that is locked is not locked again, and one that is opened again is watched again', () => {
    const { causes, state, autoLock, pass } = watched()
    pass(minutes(60))
    pass(minutes(60))
    state.open = true
    autoLock.used()
    pass(minutes(15))
    expect(causes).toHaveLength(2)
  })

  test('a person who is signing in elsewhere is waited for', () => {
    const { causes, state, pass } = watched({ lock: { afterMinutes: 5 } })
    state.awaited = true
    pass(minutes(9))
    expect(causes).toEqual([])
    state.awaited = false
    pass(minutes(1))
    expect(causes).toHaveLength(1)
  })

  test('a clock that was put back only makes it later', () => {
    const { causes, time, pass } = watched()
    time.now -= minutes(600)
    pass(minutes(600))
    expect(causes).toEqual([])
    pass(minutes(15))
    expect(causes).toHaveLength(1)
  })

  test('where the machine tells of the person, a hand at its keyboard counts, whatever is asked of the application', () => {
    const machine = monitor()
    const { causes, pass } = watched({ presence: machine.presence() })
    machine.idle = minutes(2)
    pass(minutes(15))
    expect(causes).toEqual([])
    machine.idle = minutes(15)
    pass(minutes(13))
    expect(causes).toHaveLength(1)
  })

  test('a vault that is opened while nobody is at the machine stays open for its time', () => {
    const machine = monitor()
    machine.idle = minutes(300)
    const { causes, pass } = watched({ presence: machine.presence() })
    pass(minutes(14))
    expect(causes).toEqual([])
    pass(minutes(1))
    expect(causes).toHaveLength(1)
  })
})

describe('when the machine says that the person is away', () => {
  test.each([
    ['sleep', 'onSleep', 'The computer went to sleep.'],
    ['screen_lock', 'onScreenLock', 'The screen was locked.'],
  ] as const)('the vault locks at once on %s, unless the person chose otherwise', (how, setting, why) => {
    const machine = monitor()
    const { causes, state } = watched({ presence: machine.presence() })
    state.settings = { ...state.settings, [setting]: false }
    machine.away(how)
    expect(causes).toEqual([])
    state.settings = { ...state.settings, [setting]: true }
    machine.away(how)
    machine.away(how)
    expect(causes).toEqual([why])
  })

  test('nothing is heard any more once it has ended', () => {
    const machine = monitor()
    const { autoLock, causes, pass } = watched({ presence: machine.presence() })
    autoLock.end()
    expect(machine.isHeard()).toBe(false)
    pass(minutes(60))
    expect(causes).toEqual([])
  })
})
