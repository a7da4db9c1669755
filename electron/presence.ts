// Whether the person is at the machine, as far as Electron can tell on each system.
import type { PowerMonitor } from 'electron'
import type { HostView } from '../contract/change.ts'
import type { Presence } from '../core/ports.ts'

/** Electron reports a locked screen on macOS and Windows only. */
export function tellsOf(platform: NodeJS.Platform): HostView['tellsOf'] {
  return platform === 'darwin' || platform === 'win32' ? ['sleep', 'screen_lock'] : ['sleep']
}

/** Call once the app is ready. */
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
