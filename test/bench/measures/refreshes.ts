// 200 refreshes through a host, 20 at a time, against a bare loop that asks the same server for as many tokens in the
// same way and keeps none of them. The server answers after 50 ms. A host runs for days, so it is taken once it has run for a while:
// the first rounds, in which V8 still interprets and compiles its code, do not count. The least that keeps what Grantdesk promises
// of tokens is taken beside it, in turns with both: what is beyond that is Grantdesk's own work.
import { openRemoteDoor, type RemoteDoor } from '../../../core/door/remote-door.ts'
import { makeVault } from '../bench-vault.ts'
import { leastRefresh } from '../least-refresh.ts'
import { inTurns, type Measure, median, timed } from '../measure.ts'
import { startHost } from '../programs.ts'
import { startTokenServer } from '../token-server.ts'

const all = 200
const atOnce = 20
const latency = 50
/** How many rounds do not count. */
const warmUp = 5
/** What Grantdesk itself may add to the ratio of the least that keeps its promises. */
const margin = 0.5

/** Works through `items`, so many at once. */
async function eachOf<Item>(items: Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = items.values()
  const worker = async () => {
    for (const item of left) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

async function askBare(baseUrl: string): Promise<void> {
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'refresh', client_id: 'bench' })
  const answer = await fetch(`${baseUrl}/token`, { method: 'POST', body })
  await answer.json()
}

async function refresh(door: RemoteDoor, id: string): Promise<void> {
  const answer = await door.call('connections.refresh', { id })
  if (!answer.ok) throw new Error(answer.failure.message)
}

export const refreshes: Measure = {
  name: 'refreshes',
  about: '200 refreshes through a host, 20 at a time, against a bare fetch loop',
  async take() {
    const server = await startTokenServer()
    const made = await makeVault({ connections: all }, server)
    const host = await startHost(made.folder)
    const door = await openRemoteDoor(made.folder)
    try {
      if (!door) throw new Error('The host does not answer.')
      server.latency = latency
      const refreshLeast = await leastRefresh(made.folder)
      const least: number[] = []
      const { ours, reference } = await inTurns(
        5,
        async () => {
          least.push(await timed(() => eachOf(made.ids, () => refreshLeast(() => askBare(server.baseUrl)))))
          return timed(() => eachOf(made.ids, (id) => refresh(door, id)))
        },
        () => timed(() => eachOf(made.ids, () => askBare(server.baseUrl))),
        warmUp,
      )
      const atLeast = median(least.slice(warmUp).map((sample, at) => sample / (reference[at] ?? Number.NaN)))
      return [
        {
          label: `${all} refreshes through a host that has made ${warmUp * all} (${atLeast.toFixed(2)} at least)`,
          unit: 'ms',
          ours,
          reference: { label: 'bare fetch loop', samples: reference },
          bound: { ratio: 1.5 },
          accepted: atLeast + margin,
        },
      ]
    } finally {
      door?.close()
      await host.stop()
      made.remove()
      await server.close()
    }
  },
}
