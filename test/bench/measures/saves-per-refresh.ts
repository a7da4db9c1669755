// How often a refresh writes the document: counted where it is written.
import { memoryKeychain } from '../../support/memory-ports.ts'
import { benchPorts, makeVault, openApp } from '../bench-vault.ts'
import type { Measure } from '../measure.ts'
import { startTokenServer } from '../token-server.ts'

const refreshes = 20

export const savesPerRefresh: Measure = {
  name: 'saves-per-refresh',
  about: 'how often the document is written for one refresh',
  async take() {
    const server = await startTokenServer()
    const keychain = memoryKeychain()
    const made = await makeVault({ connections: 5, keychain }, server)
    const ports = benchPorts(made.folder, keychain)
    let saves = 0
    const document: typeof ports.document = {
      ...ports.document,
      write(...content) {
        saves += 1
        ports.document.write(...content)
      },
    }
    const { app, call } = await openApp({ ...ports, document })
    const ours: number[] = []
    for (let done = 0; done < refreshes; done++) {
      const before = saves
      await call('connections.refresh', { id: made.ids[done % 5] ?? '' })
      ours.push(saves - before)
    }
    await app.close()
    made.remove()
    await server.close()
    return [{ label: 'saves of each refresh', unit: '', ours, bound: { each: 2 } }]
  },
}
