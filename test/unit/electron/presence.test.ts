import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { systemPresence, tellsOf } from '../../../electron/presence.ts'

test('a machine that sleeps and a screen that is locked are told, until it is no longer wanted', () => {
  const monitor = Object.assign(new EventEmitter(), { getSystemIdleTime: () => 90 })
  const presence = systemPresence(monitor as never)
  const told: string[] = []
  const end = presence.onAway((how) => told.push(how))
  for (const event of ['suspend', 'resume', 'lock-screen', 'unlock-screen']) monitor.emit(event)
  expect(told).toEqual(['sleep', 'screen_lock'])
  expect(presence.idleFor()).toBe(90_000)
  end()
  monitor.emit('suspend')
  expect(told).toHaveLength(2)
  expect(monitor.eventNames()).toEqual([])
})

test('a locked screen is promised only where Electron hears of it', () => {
  expect([tellsOf('darwin'), tellsOf('win32'), tellsOf('linux')]).toEqual([
    ['sleep', 'screen_lock'],
    ['sleep', 'screen_lock'],
    ['sleep'],
  ])
})
