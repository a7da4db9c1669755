// Renaming one connection in a vault of 1,000 connections and 300 flows against one of 10 connections and no flow. Both write
// their document, and the larger one is a hundred times as large: what the disk takes for that alone is measured beside it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { memoryKeychain } from '../../support/memory-ports.ts'
import { benchPorts, makeVault, openApp } from '../bench-vault.ts'
import { inTurns, type Measure, median, timed } from '../measure.ts'
import { startTokenServer } from '../token-server.ts'
import { writeBare } from '../write-bare.ts'

/** What Grantdesk itself may add to what the disk takes. */
const margin = 0.3

export const rename: Measure = {
  name: 'rename',
  about: 'rename with 1,000 connections and 300 flows, against 10 and none',
  async take() {
    const server = await startTokenServer()
    const keychain = memoryKeychain()
    const open = async (connections: number, flows: number) => {
      const made = await makeVault({ connections, flows, keychain }, server)
      const { app, call } = await openApp(benchPorts(made.folder, keychain))
      const bare: number[] = []
      let round = 0
      return {
        bare,
        async rename() {
          round += 1
          const document = readFileSync(join(made.folder, 'vault.json'))
          bare.push(await timed(() => writeBare(join(made.folder, 'bare.json'), document)))
          return timed(() => call('connections.rename', { id: made.ids[0] ?? '', name: `name ${round}` }))
        },
        async close() {
          await app.close()
          made.remove()
        },
      }
    }
    const [many, few] = [await open(1_000, 300), await open(10, 0)]
    const { ours, reference } = await inTurns(40, many.rename, few.rename, 3)
    for (const one of [many, few]) await one.close()
    await server.close()
    const disk = 1 + (median(many.bare) - median(few.bare)) / median(reference)
    return [
      {
        label: `rename, 1,000 connections and 300 flows (${disk.toFixed(2)} by the disk alone)`,
        unit: 'ms',
        ours,
        reference: { label: 'with 10 and none', samples: reference },
        bound: { ratio: 1.5 },
        accepted: disk + margin,
      },
    ]
  },
}
