// How acts on connections bear with a network or a server in trouble: they say at the connection what they wait for, and
// wait no longer where the vault is being locked, or where whoever waits has had enough.
import { createPatience } from '../flows/patience.ts'
import type { Pause } from '../ports.ts'
import type { Acts } from './acts.ts'
import type { ConnectionBook } from './connection-book.ts'
import type { Context } from './context.ts'

interface Dependencies {
  pause: Pause
  connections: Pick<ConnectionBook, 'setWaiting'>
  acts: Pick<Acts, 'closing' | 'cancellation'>
}

export function patienceOf({ pause, connections, acts }: Dependencies): Context['patienceFor'] {
  return (id, recording, limits) =>
    createPatience(
      {
        pause,
        random: Math.random,
        recording,
        signal: acts.closing(),
        cancelled: acts.cancellation(id),
        onWait: (waiting) => connections.setWaiting(id, waiting),
      },
      limits,
    )
}
