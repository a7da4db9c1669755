// Damage to the sealed list of the records' versions: what it covers is not used until it was verified, and nothing is missed.
import { describe, expect, test } from 'vitest'
import { documentVersion } from '../../../../core/vault/document-versions.ts'
import { openVault } from '../../../../core/vault/vault.ts'
import { changed, damage, partWith, type Stored, withCopy } from './changed-vault.ts'
import { memoryPorts } from './memory-ports.ts'
import { dataKeyOf, resealed } from './resealed.ts'
import { connection, planted, sampleChanges } from './sample-records.ts'

const lostLists: [string, (stored: Stored, before: Stored) => void][] = [
  [
    'damaged in the part that names them',
    (now, before) => {
      const part = partWith(now, before)
      now.index[part] = damage(now.index[part])
    },
  ],
  ['taken out in the part that names them', (now, before) => delete now.index[partWith(now, before)]],
  [
    'put back to an older part, with all records in it',
    (now, before) => {
      const part = partWith(now, before)
      now.index[part] = before.index[part] ?? ''
      now.records = before.records
    },
  ],
  [
    'exchanged for another part',
    (now, before) => {
      const [part, another] = [partWith(now, before), Object.keys(now.index).find((name) => name !== 'parts')]
      now.index[part] =
        Object.entries(now.index).find(([name]) => name !== part && name !== 'parts')?.[1] ?? String(another)
    },
  ],
  ['damaged where it lists its parts', (now) => (now.index.parts = damage(now.index.parts))],
  ['put back where it lists its parts', (now, before) => (now.index.parts = before.index.parts ?? '')],
  ['without the list of its parts', ({ index }) => delete index.parts],
  ['empty', (now) => (now.index = {})],
]

describe.each(lostLists)('where the list of the records is %s, and there is no copy', (_, change) => {
  test('no record that it should tell of is used until the person says so', async () => {
    const { vault, document, stored } = await changed(change, { hasCopy: false })
    await expect(vault.read('tokens', 'n2')).rejects.toMatchObject({
      failure: { message: expect.stringContaining('list of its records is damaged') },
    })
    const list = { kind: 'index', recoverable: true, problem: expect.stringMatching(/damaged|incomplete/) }
    expect(vault.damaged()).toContainEqual(expect.objectContaining(list))
    await vault.write([{ put: 'connection', id: 'n1', value: connection('Renamed') }])
    await vault.close()
    await vault.open()
    expect(vault.damageOf('tokens', 'n2')).not.toBeNull()
    await vault.recover()
    const { records } = stored
    expect((await vault.read('tokens', 'n2'))?.accessToken.reveal()).toMatch(/first|second/)
    expect(await vault.list('connection')).toHaveLength(2)
    await vault.close()
    expect(JSON.parse(document.text ?? '').records['tokens:n2']).toBe(records['tokens:n2'])
    await vault.open()
    expect(vault.damaged()).toEqual([])
    expect(document.copyText).toBe(document.text)
  })
})

const downgrades: [string, (stored: Stored, before: Stored) => void][] = [
  ['taken out, as if it were a vault of version 1', (now) => Object.assign(now, { version: 1, index: undefined })],
  [
    'taken out, and its tokens put back to older ones',
    (now, before) => Object.assign(now, { version: 1, index: undefined, records: before.records }),
  ],
  ['exchanged for one of version 2', (now) => Object.assign(now, { version: 2, index: now.index.parts })],
]

describe.each(downgrades)('where the list of the records is %s', (_, change) => {
  test('no record is used until the person says so, also after a write', async () => {
    const { vault, stored } = await changed(change)
    const message = expect.stringContaining('list of its records is damaged or was taken out')
    for (const id of ['n1', 'n2']) {
      await expect(vault.read('tokens', id)).rejects.toMatchObject({ failure: { message } })
    }
    expect(await vault.list('connection')).toHaveLength(0)
    await vault.write([{ put: 'connection', id: 'n1', value: connection('Renamed') }])
    await vault.close()
    await vault.open()
    expect(vault.damageOf('tokens', 'n2')?.failure.message).toEqual(message)
    await vault.recover()
    await vault.close()
    await vault.open()
    expect(vault.damaged()).toEqual([])
    expect(stored.version).toBeLessThan(documentVersion)
  })
})

describe('where the list of the records is lost', () => {
  const wholeList = (now: Stored) => (now.index.parts = damage(now.index.parts))

  test('each record of any kind is told as unverified, and none is used', async () => {
    const { vault, stored } = await changed(wholeList, { hasCopy: false })
    const unverified = vault.damaged().filter(({ problem }) => problem === 'unverified')
    expect(unverified.map(({ kind, id }) => `${kind}:${id}`).sort()).toEqual(Object.keys(stored.records).sort())
    expect(unverified).toContainEqual(expect.objectContaining({ kind: 'connection', name: 'Another' }))
    expect(await vault.list('connection')).toEqual([])
  })

  test('a failed recovery leaves everything as unverified as it was', async () => {
    const { vault, document } = await changed(wholeList, { hasCopy: false })
    const before = vault.damaged()
    document.failWrites = true
    await expect(vault.recover()).rejects.toThrow()
    expect(vault.damaged()).toEqual(before)
    await expect(vault.read('tokens', 'n2')).rejects.toThrow(/list of its records is damaged/)
  })

  test('it is not taken from a copy that is not of the same moment', async () => {
    const { vault } = await changed((now, before) => {
      now.index.parts = damage(now.index.parts)
      now.records = before.records
      now.index = { ...before.index, parts: now.index.parts }
    })
    await expect(vault.read('tokens', 'n2')).rejects.toThrow(/list of its records is damaged/)
  })
})

const partOfSecond = (now: Stored, before: Stored) => partWith(now, before)
type Change = (stored: Stored, before: Stored) => void
const recoverableLists: [string, Change][] = [
  ['a part', (now, before) => (now.index[partOfSecond(now, before)] = damage(now.index[partOfSecond(now, before)]))],
  ['a part that is gone', (now, before) => delete now.index[partOfSecond(now, before)]],
  ['the list of the parts', (now) => (now.index.parts = damage(now.index.parts))],
  ['a part that was brought in', (now) => (now.index[freePart(now)] = Object.values(now.index)[0] ?? '')],
]

/** The number of a part that names nothing. */
function freePart({ index }: Stored): string {
  return String(Array.from({ length: 64 }, (_, at) => at).find((at) => !(String(at) in index)))
}

describe.each(recoverableLists)('damage to %s of the list that the copy has as it was stored last', (_, change) => {
  test('is told, costs no record, and is written whole with the next save', async () => {
    const { vault, document } = await changed(change)
    expect(vault.damaged()).toMatchObject([{ kind: 'index', problem: 'damaged', recoverable: true }])
    expect((await vault.read('tokens', 'n2'))?.accessToken.reveal()).toBe('second')
    await vault.write([{ put: 'connection', id: 'n1', value: connection('Renamed') }])
    expect(vault.damaged()).toEqual([])
    await vault.close()
    expect(document.copyText).toBe(document.text)
    await vault.open()
    expect(vault.damaged()).toEqual([])
  })

  test('is recovered when the person says so', async () => {
    const { vault } = await changed(change)
    expect(await vault.recover()).toMatchObject({ recovered: [expect.stringMatching(/^index:/)], unrecoverable: [] })
    await vault.close()
    await vault.open()
    expect(vault.damaged()).toEqual([])
    expect((await vault.read('tokens', 'n2'))?.accessToken.reveal()).toBe('second')
  })

  test('cannot be removed', async () => {
    const { vault } = await changed(change)
    const [{ kind = '', id = '' } = {}] = vault.damaged()
    await expect(vault.removeDamaged(kind, id)).rejects.toMatchObject({ failure: { kind: 'conflict' } })
  })
})

describe('an older version of a record of any kind, put back with the part of the list that names it damaged', () => {
  test.each(['service', 'client', 'settings', 'connection'])('is not used (%s)', async (kind) => {
    const name = `${kind}:x1`
    const { vault } = await rolledBack(kind, { hasCopy: true })
    expect(vault.damaged()).toContainEqual(expect.objectContaining({ kind, id: 'x1', problem: 'other_version' }))
    const { recovered } = await vault.recover()
    expect(recovered).toContain(name)
    expect(vault.damaged()).toEqual([])
    const bare = (await rolledBack(kind, { hasCopy: false })).vault
    expect(bare.damaged()).toContainEqual(expect.objectContaining({ kind, id: 'x1', problem: 'unverified' }))
  })

  /** Any sealed text will do: what is compared is which version of it was stored last. */
  async function rolledBack(kind: string, { hasCopy }: { hasCopy: boolean }) {
    const document = withCopy()
    const ports = memoryPorts({ document })
    const vault = openVault(ports)
    await vault.open()
    await vault.write(sampleChanges)
    await vault.close()
    const key = await dataKeyOf(ports)
    const older = resealed(key, document.text ?? '', { [`${kind}:x1`]: '{}' })
    const newer = resealed(key, older, { [`${kind}:x1`]: '{"name":"newer"}' })
    const [before, now] = [older, newer].map((text) => JSON.parse(text) as Stored) as [Stored, Stored]
    const part = partWith(now, before)
    document.text = JSON.stringify({
      ...now,
      records: before.records,
      index: { ...now.index, [part]: damage(now.index[part]) },
    })
    document.copyText = hasCopy ? newer : null
    const again = openVault(ports)
    await again.open()
    return { vault: again }
  }
})

describe('a record that was taken out with the part of the list that names it damaged', () => {
  const takeOut: Change = (now, before) => {
    const part = partWith(now, before)
    now.index[part] = damage(now.index[part])
    delete now.records['tokens:n2']
  }

  test('is missing, by name, where the copy has that part', async () => {
    const { vault } = await changed(takeOut)
    expect(vault.damageOf('tokens', 'n2')?.failure.message).toMatch(/taken out/)
    await vault.recover()
    expect((await vault.read('tokens', 'n2'))?.accessToken.reveal()).toBe('second')
  })

  test('is missed by its number where there is no copy', async () => {
    const { vault } = await changed(takeOut, { hasCopy: false })
    expect(vault.damaged()).toMatchObject([{ kind: 'index', problem: 'incomplete' }])
    expect(vault.damaged()[0]?.failure.message).toMatch(/records that it named are not in the vault’s file/)
  })

  test('is missing, by name, where the copy is older', async () => {
    const { vault, document } = await changed(takeOut, { hasCopy: false })
    await vault.close()
    const copy = JSON.parse(document.text ?? '') as Stored
    document.copyText = JSON.stringify({
      ...copy,
      records: { ...copy.records, 'tokens:n2': copy.records['tokens:n1'] },
    })
    await vault.open()
    expect(vault.damageOf('tokens', 'n2')?.failure.message).toMatch(/taken out/)
    expect(await vault.recover()).toMatchObject({ unrecoverable: ['tokens:n2'] })
    await vault.close()
    await vault.open()
    expect(vault.damaged()).toMatchObject([{ kind: 'tokens', id: 'n2', problem: 'missing', recoverable: false }])
  })
})

describe('damage to one part of the list', () => {
  test('costs no record that another part names', async () => {
    const { vault } = await changed(lostLists[0]?.[1] ?? (() => undefined), { hasCopy: false })
    expect(vault.damageOf('tokens', 'n1')).toBeNull()
    expect((await vault.read('tokens', 'n1'))?.accessToken.reveal()).toBe(planted.accessToken)
  })
})
