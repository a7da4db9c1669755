// A caller's subscriptions while it reads slowly.
import { expect, it } from 'vitest'
import type { Change } from '../../../../contract/change.ts'
import { createSubscriptions } from '../../../../core/door/subscriptions.ts'

const change: Change = { kind: 'history' }

/** Each subscription begins with a change, as it does with a snapshot; `unread` counts what was sent and not read. */
function slowCaller(most: number) {
  const listeners = new Set<(change: Change) => void>()
  const sent: number[] = []
  let unread = 0
  const listen = (onChange: (change: Change) => void) => {
    listeners.add(onChange)
    onChange(change)
    return () => void listeners.delete(onChange)
  }
  const send = ({ id }: { id: number }) => {
    sent.push(id)
    unread += 1
  }
  const subscriptions = createSubscriptions({ listen }, send, () => unread > most)
  const tell = () => [...listeners].forEach((each) => void each(change))
  const readAll = () => {
    unread = 0
  }
  return { subscriptions, sent, tell, readAll, listeners }
}

it('gets no change while too much is unread, and begins anew when it has read', () => {
  const { subscriptions, sent, tell, readAll, listeners } = slowCaller(1)
  subscriptions.begin(1)
  tell()
  tell()
  expect([sent, listeners.size, subscriptions.count()]).toEqual([[1, 1], 0, 1])
  readAll()
  subscriptions.resume()
  expect([sent, listeners.size]).toEqual([[1, 1, 1], 1])
})

it('is paused again, without end, where the beginning of another was too much already', () => {
  const { subscriptions, sent, readAll, listeners } = slowCaller(0)
  subscriptions.begin(1)
  subscriptions.begin(2)
  expect([sent, listeners.size]).toEqual([[1], 1])
  readAll()
  subscriptions.end(1)
  subscriptions.begin(3)
  subscriptions.resume()
  expect([sent, subscriptions.count()]).toEqual([[1, 3], 2])
})

it('has one subscription of an id, and few in all', () => {
  const { subscriptions, listeners } = slowCaller(100)
  for (let id = 0; id < 20; id += 1) subscriptions.begin(id)
  expect(() => subscriptions.begin(20)).toThrow('No caller of ours')
  subscriptions.end(3)
  expect(() => subscriptions.begin(4)).toThrow('No caller of ours')
  subscriptions.begin(3)
  subscriptions.endAll()
  expect([listeners.size, subscriptions.count()]).toEqual([0, 0])
})
