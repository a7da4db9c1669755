// A door that outlives its host: when the host behind it leaves between two calls, the next one is asked. Refuses to ask twice
// what a host may have begun.
import type { Door } from '../contract/caller.ts'
import type { RemoteDoor } from '../core/door/remote-door.ts'

/** One host, as it was reached. */
export interface HostConnection extends Pick<RemoteDoor, 'ask' | 'listen'> {
  /** Settles when it goes away; never where this process is the host. */
  ended: Promise<void>
  /** Where this process is the host, lets other commands come through it. */
  admitOthers(): Promise<void>
  close(): Promise<void>
}

interface ReconnectingDoor {
  door: Door
  /** Of the host that is behind it now. */
  ended(): Promise<void>
  close(): Promise<void>
}

/** The host left before what was to be done there was done. */
class HostLeft extends Error {}

/** Reaches a host; `enter` is what has to be done at each before it is used. */
export async function reconnectingDoor(
  reach: () => Promise<HostConnection>,
  enter: (door: Door) => Promise<void>,
): Promise<ReconnectingDoor> {
  async function arrive(): Promise<HostConnection> {
    for (;;) {
      const reached = await reach()
      try {
        await enter(doorOf(reached))
        await reached.admitOthers()
        return reached
      } catch (error) {
        await reached.close()
        if (!(error instanceof HostLeft)) throw error
      }
    }
  }

  let current = await arrive()
  let moving: Promise<void> | null = null

  async function move(left: HostConnection): Promise<void> {
    if (current !== left) return
    moving ??= arrive()
      .then((next) => {
        current = next
      })
      .finally(() => {
        moving = null
      })
    await moving
  }

  return {
    door: {
      async call(name, input) {
        for (;;) {
          const asked = current
          const answer = await asked.ask(name, input)
          if (answer !== null) return answer
          await move(asked)
        }
      },
      listen: (onChange) => current.listen(onChange),
    },
    ended: () => current.ended,
    close: () => current.close(),
  }
}

function doorOf({ ask, listen }: HostConnection): Door {
  return {
    async call(name, input) {
      const answer = await ask(name, input)
      if (answer === null) throw new HostLeft()
      return answer
    },
    listen,
  }
}
