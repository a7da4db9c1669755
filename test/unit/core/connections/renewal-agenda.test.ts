import { expect, it } from 'vitest'
import type { ConnectionView } from '../../../../contract/connection.ts'
import type { Outage } from '../../../../core/connections/back-off.ts'
import { createRenewalAgenda } from '../../../../core/connections/renewal-agenda.ts'
import { createWaitingShown } from '../../../../core/connections/waiting-shown.ts'
import { sampleConnection } from '../../headless/sample-connection.ts'

const now = Date.UTC(2026, 10, 22, 12)
const minute = 60_000

function due(id: string, change: Partial<ConnectionView> = {}): ConnectionView {
  const times = { obtainedAt: now - 60 * minute, expiresAt: now - minute }
  return { ...sampleConnection(), id, refreshable: true, autoRefresh: true, ...times, ...change }
}

function agenda(running: string[] = []) {
  const never = { of: () => null }
  return createRenewalAgenda(() => 0, never, { isRunning: (id) => running.includes(id), isWaiting: () => false })
}

const ids = (items: { connection: ConnectionView }[]) => items.map(({ connection }) => connection.id)

it('lists what renews by itself and is not at work, the earliest first', () => {
  const later = due('later', { obtainedAt: now, expiresAt: now + 60 * minute })
  const views = [
    later,
    due('now'),
    due('off', { autoRefresh: false }),
    due('running'),
    due('busy', { busy: 'revoking' }),
  ]
  expect(ids(agenda(['running']).of(views, now))).toEqual(['now', 'later'])
})

it('begins none again within a minute', () => {
  const planned = agenda()
  planned.begun('a', now)
  expect(planned.of([due('a')], now)[0]?.at).toBe(now + minute)
  planned.forget()
  expect(planned.of([due('a')], now)[0]?.at).toBeLessThanOrEqual(now)
})

it('what backs off is shown as waiting until it no longer does, and what runs keeps what it shows', () => {
  const shown = new Map<string, unknown>()
  let outage: Outage | null = { for: 'The network is down.', since: now, until: now + minute, failures: 1 }
  const setWaiting = (id: string, waiting: unknown) => void (waiting ? shown.set(id, waiting) : shown.delete(id))
  const waiting = createWaitingShown({ setWaiting }, { of: () => outage })
  waiting.update([{ connection: due('a'), at: now }], [], now)
  expect([shown.has('a'), waiting.has('a')]).toEqual([true, true])
  waiting.update([], ['a'], now)
  expect(shown.has('a')).toBe(true)
  outage = null
  waiting.update([{ connection: due('a'), at: now }], [], now)
  expect([shown.has('a'), waiting.has('a')]).toEqual([false, false])
})
