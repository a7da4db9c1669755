// Renaming one connection in a vault of 1,000 connections and 300 flows against one of 10 connections and no flow.
import { memoryKeychain } from '../../support/memory-ports.ts'
import { benchPorts, makeVault, openApp } from '../bench-vault.ts'
import { inTurns, type Measure, timed } from '../measure.ts'
import { startTokenServer } from '../token-server.ts'

export const rename: Measure = {
  name: 'rename',
  about: 'rename with 1,000 connections and 300 flows, against 10 and none',
  async take() {
    const server = await startTokenServer()
    const keychain = memoryKeychain()
    const open = async (connections: number, flows: number) => {
      const made = await makeVault({ connections, flows, keychain }, server)
      const { app, call } = await openApp(benchPorts(made.folder, keychain))
      let round = 0
      return {
        rename() {
          round += 1
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
    return [
      {
        label: 'rename, 1,000 connections and 300 flows',
        unit: 'ms',
        ours,
        reference: { label: 'with 10 and none', samples: reference },
        bound: { ratio: 1.5 },
      },
    ]
  },
}
