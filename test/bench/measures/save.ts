// One save of the document against the least that any save on disk costs: the same bytes, written, synced and renamed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { memoryKeychain } from '../../support/memory-ports.ts'
import { benchPorts, makeVault, openBareVault } from '../bench-vault.ts'
import { inTurns, type Measure, type Row, timed } from '../measure.ts'
import { startTokenServer } from '../token-server.ts'
import { writeBare } from '../write-bare.ts'

/** A connection that grows the document to about 0.7, 3.5 and 24 MB. */
const sizes = [
  { megabytes: 0.7, rounds: 30 },
  { megabytes: 3.5, rounds: 20 },
  { megabytes: 24, rounds: 8 },
]

async function takeOne(connections: number, rounds: number, label: string): Promise<Row> {
  const server = await startTokenServer()
  const keychain = memoryKeychain()
  const made = await makeVault({ connections, keychain }, server)
  const vault = await openBareVault(benchPorts(made.folder, keychain))
  try {
    const id = made.ids[0] ?? ''
    const value = await vault.read('connection', id)
    if (!value) throw new Error('The connection is not there.')
    const bytes = () => readFileSync(join(made.folder, 'vault.json'))
    const bare = join(made.folder, 'bare.json')
    let round = 0
    const save = () => {
      round += 1
      return vault.write([{ put: 'connection', id, value: { ...value, name: `name ${round}` } }])
    }
    const { ours, reference } = await inTurns(
      rounds,
      () => timed(save),
      () => {
        const same = bytes()
        return timed(() => writeBare(bare, same))
      },
      2,
    )
    const size = (bytes().length / 1e6).toFixed(1)
    const samples = { label: 'bare atomic write', samples: reference }
    return { label: `${label}, a document of ${size} MB`, unit: 'ms', ours, reference: samples, bound: { ratio: 2 } }
  } finally {
    await vault.close()
    made.remove()
    await server.close()
  }
}

export const save: Measure = {
  name: 'save',
  about: 'one save of the document, against a bare atomic synced write of the same bytes',
  async take() {
    const perConnection = await bytesPerConnection()
    const rows: Row[] = []
    for (const { megabytes, rounds } of sizes) {
      rows.push(await takeOne(Math.ceil((megabytes * 1e6) / perConnection), rounds, 'one save'))
    }
    return rows
  },
}

async function bytesPerConnection(): Promise<number> {
  const server = await startTokenServer()
  const keychain = memoryKeychain()
  const size = async (connections: number) => {
    const made = await makeVault({ connections, keychain }, server)
    const { length } = readFileSync(join(made.folder, 'vault.json'))
    made.remove()
    return length
  }
  const [few, many] = [await size(10), await size(110)]
  await server.close()
  return (many - few) / 100
}
