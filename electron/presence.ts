// What Electron tells of the person at the machine. Owns what each system can tell; refuses to promise more of it.
import type { PowerMonitor } from 'electron'
import type { HostView } from '../contract/change.ts'
import type { Presence } from '../core/ports.ts'

/** Electron hears of a locked screen on macOS and Windows alone. */
export function tellsOf(platform: NodeJS.Platform): HostView['tellsOf'] {
  return platform === 'darwin' || platform === 'win32' ? ['sleep', 'screen_lock'] : ['sleep']
}

/** The person's presence by `monitor`; to be used once the app is ready. */
export function systemPresence(monitor: Pick<PowerMonitor, 'getSystemIdleTime' | 'on' | 'off'>): Presence {
  return {
    idleFor: () => monitor.getSystemIdleTime() * 1000,
    onAway(listener) {
      const sleeps = () => listener('sleep')
      const locks = () => listener('screen_lock')
      monitor.on('suspend', sleeps)
      monitor.on('lock-screen', locks)
      return () => {
        monitor.off('suspend', sleeps)
        monitor.off('lock-screen', locks)
      }
    },
  }
}
