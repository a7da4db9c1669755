// Records that decrypt and do not fit their schema: a newer version, or a bug, wrote them.
import { describe, expect, test } from 'vitest'
import { openVault } from '../../../../core/vault/vault.ts'
import { memoryDocument, memoryPorts } from './memory-ports.ts'
import { dataKeyOf, resealed } from './resealed.ts'
import { connection, sampleChanges } from './sample-records.ts'

const words = /record of the connection .* cannot be read by this version/

/** A vault whose connection n1 is as a newer version might have written it. */
async function withNewerProfile() {
  const document = memoryDocument()
  let copy: string | null = null
  const lastGood = {
    path: '/vault.copy.json',
    read: () => (copy === null ? undefined : { document: JSON.parse(copy), writtenAt: 1 }),
    follow() {
      copy = document.text
    },
    setAside: () => '/vault.damaged.json',
    use: () => null,
  }
  Object.assign(document, { lastGood })
  const ports = memoryPorts({ document })
  const vault = openVault(ports)
  await vault.open()
  await vault.write([...sampleChanges, { put: 'connection', id: 'n2', value: connection('Another') }])
  await vault.close()
  const profile = JSON.stringify({ name: 'From tomorrow', serviceId: 'plane', tags: 'no list any more' })
  document.text = resealed(await dataKeyOf(ports), document.text ?? '', { 'connection:n1': profile })
  const again = openVault(ports)
  await again.open()
  return { vault: again, document, stored: JSON.parse(document.text).records['connection:n1'], copy: () => copy }
}

describe('a record that does not fit its schema', () => {
  test('is told as damaged once it was read, in words of its own, by the name it has', async () => {
    const { vault } = await withNewerProfile()
    let told = 0
    vault.onDamage(() => (told += 1))
    expect((await vault.list('connection')).map(({ id }) => id)).toEqual(['n2'])
    expect(told).toBe(1)
    expect(vault.damaged()).toMatchObject([
      { kind: 'connection', id: 'n1', name: 'From tomorrow', serviceId: 'plane', recoverable: false },
    ])
    const failure = { message: expect.stringMatching(words), remedy: expect.stringMatching(/update Grantdesk/) }
    expect(vault.damageOf('connection', 'n1')?.failure).toMatchObject(failure)
    await expect(vault.read('connection', 'n1')).rejects.toMatchObject({ failure })
  })

  test('stays as it is whatever is written or recovered, and the copy does not follow', async () => {
    const { vault, document, stored, copy } = await withNewerProfile()
    await vault.list('connection')
    const good = copy()
    await vault.write([{ put: 'connection', id: 'n2', value: connection('Renamed') }])
    await expect(vault.recover()).rejects.toMatchObject({
      failure: { kind: 'conflict', message: expect.stringContaining('cannot be read by this version') },
    })
    await vault.close()
    expect(JSON.parse(document.text ?? '').records['connection:n1']).toBe(stored)
    expect(copy()).toBe(good)
  })

  test('goes when it is removed, with its tokens', async () => {
    const { vault, document } = await withNewerProfile()
    await vault.list('connection')
    await vault.removeDamaged('connection', 'n1')
    expect(vault.damaged()).toEqual([])
    const { records } = JSON.parse(document.text ?? '')
    expect(Object.keys(records).filter((name) => name.endsWith(':n1'))).toEqual([])
  })
})
