// A door that reconnects: when its host stops between two calls, the next call goes to the next host. A call that a host may
// have begun is never repeated.
import type { Door } from '../contract/caller.ts'
import type { RemoteDoor } from '../core/door/remote-door.ts'

/** A connection to one host. */
export interface HostConnection extends Pick<RemoteDoor, 'ask' | 'listen'> {
  /** Resolves when the host stops; never if this process is the host. */
  ended: Promise<void>
  /** If this process is the host, lets other commands use it. */
  admitOthers(): Promise<void>
  close(): Promise<void>
}

interface ReconnectingDoor {
  door: Door
  /** Of the current host. */
  ended(): Promise<void>
  close(): Promise<void>
}

/** The host stopped before it did anything. */
class HostLeft extends Error {}

/** Connects with `reach`; `enter` prepares each host before it is used. */
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
