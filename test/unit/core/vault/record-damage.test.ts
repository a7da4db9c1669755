// Records that were damaged, rolled back, taken out or brought in, each alone, in a document that is otherwise whole.
import { decodeProtectedHeader } from 'jose'
import { describe, expect, test } from 'vitest'
import { documentVersion } from '../../../../core/vault/document-versions.ts'
import { seal } from '../../../../core/vault/sealing.ts'
import { openVault } from '../../../../core/vault/vault.ts'
import { tagOf } from '../../../../core/vault/version-list.ts'
import { changed, damage, type Stored, withCopy } from './changed-vault.ts'
import { type MemoryDocument, memoryDocument, memoryPorts } from './memory-ports.ts'
import { sealedBefore } from './resealed.ts'
import { connection, planted, sampleChanges, tokens } from './sample-records.ts'

const ways: [string, RegExp, (stored: Stored, before: Stored) => void][] = [
  ['damaged', /cannot be opened/, ({ records }) => (records['tokens:n2'] = damage(records['tokens:n2']))],
  ['rolled back', /older version/, (now, before) => (now.records['tokens:n2'] = before.records['tokens:n2'] ?? '')],
  ['taken out', /taken out/, ({ records }) => delete records['tokens:n2']],
]

describe.each(ways)('a record that was %s alone', (_, words, change) => {
  test('is told as that and never used, and costs nothing else', async () => {
    const { vault } = await changed(change)
    expect(vault.damageOf('tokens', 'n2')?.failure).toMatchObject({
      kind: 'vault_broken',
      message: expect.stringMatching(words),
    })
    await expect(vault.read('tokens', 'n2')).rejects.toMatchObject({
      failure: { message: expect.stringMatching(words) },
    })
    expect(vault.damageOf('tokens', 'n1')).toBeNull()
    expect((await vault.read('tokens', 'n1'))?.accessToken.reveal()).toBe(planted.accessToken)
  })

  test('is not followed by the copy, whatever else is written', async () => {
    const { vault, document } = await changed(change)
    const good = document.copyText
    await vault.write([{ put: 'connection', id: 'n1', value: connection('Renamed') }])
    await vault.write([{ remove: 'tokens', id: 'n1' }])
    await vault.lock()
    expect(document.copyText).toBe(good)
    await vault.retry()
    expect(vault.damageOf('tokens', 'n2')?.failure.message).toMatch(words)
  })

  test('is taken from the copy, and what is newer in the file stays', async () => {
    const { vault, document } = await changed(change)
    await vault.write([{ put: 'connection', id: 'n1', value: connection('Renamed') }])
    expect(vault.damaged()).toMatchObject([{ kind: 'tokens', id: 'n2', name: null, recoverable: true }])
    expect(vault.damageOf('tokens', 'n2')?.failure.remedy).toMatch(/last good copy has it/)
    expect(await vault.recover()).toEqual({
      keptAs: '/vault.damaged.json',
      recovered: ['tokens:n2'],
      unrecoverable: [],
    })
    expect(vault.damageOf('tokens', 'n2')).toBeNull()
    expect((await vault.read('tokens', 'n2'))?.accessToken.reveal()).toBe('second')
    expect((await vault.read('connection', 'n1'))?.name).toBe('Renamed')
    await vault.close()
    expect(document.copyText).toBe(document.text)
    await vault.open()
    await expect(vault.recover()).rejects.toMatchObject({ failure: { kind: 'conflict' } })
  })

  test('stays damaged where the copy has only older tokens', async () => {
    const { vault, document } = await changed(change)
    const copy = JSON.parse(document.copyText ?? '') as Stored
    const { records } = JSON.parse(document.text ?? '') as Stored
    copy.records['tokens:n2'] = records['tokens:n1'] ?? ''
    document.copyText = JSON.stringify(copy)
    expect(await vault.recover()).toEqual({ keptAs: null, recovered: [], unrecoverable: ['tokens:n2'] })
    expect(vault.damageOf('tokens', 'n2')?.failure.remedy).toMatch(/does not have it.*Reconnect, or remove/)
    await expect(vault.read('tokens', 'n2')).rejects.toMatchObject({
      failure: { remedy: expect.not.stringContaining('vault recover') },
    })
  })

  test('is whole again when it is written anew', async () => {
    const { vault, document } = await changed(change)
    await vault.write([{ put: 'tokens', id: 'n2', value: tokens('third') }])
    expect(vault.damageOf('tokens', 'n2')).toBeNull()
    await vault.close()
    expect(document.copyText).toBe(document.text)
    await vault.open()
    expect((await vault.read('tokens', 'n2'))?.accessToken.reveal()).toBe('third')
  })
})

test('a damaged profile is told by the name that the copy has of it', async () => {
  const { vault } = await changed(({ records }) => (records['connection:n2'] = damage(records['connection:n2'])))
  expect(vault.damaged()).toMatchObject([{ kind: 'connection', id: 'n2', name: 'Another', serviceId: 'plane' }])
})

test('a record that the vault had removed is not used when it is brought in again, and goes when it is recovered', async () => {
  const document = withCopy()
  const vault = openVault(memoryPorts({ document }))
  await vault.open()
  await vault.write(sampleChanges)
  const before = JSON.parse(document.text ?? '') as Stored
  await vault.write([{ remove: 'tokens', id: 'n1' }])
  await vault.close()
  const stored = JSON.parse(document.text ?? '') as Stored
  document.text = JSON.stringify({ ...stored, records: before.records })
  await vault.open()
  await expect(vault.read('tokens', 'n1')).rejects.toMatchObject({
    failure: { message: expect.stringContaining('brought into') },
  })
  expect(await vault.recover()).toMatchObject({ recovered: ['tokens:n1'] })
  expect(await vault.read('tokens', 'n1')).toBeUndefined()
})

test('a save seals only the part of the list that names what it changes', async () => {
  const document = memoryDocument()
  const vault = openVault(memoryPorts({ document }))
  await vault.open()
  await vault.write(Array.from({ length: 300 }, (_, at) => ({ put: 'tokens', id: `n${at}`, value: tokens('first') })))
  const before = JSON.parse(document.text ?? '') as Stored
  await vault.write([{ put: 'tokens', id: 'n7', value: tokens('second') }])
  const now = JSON.parse(document.text ?? '') as Stored
  const differing = Object.keys(now.index).filter((name) => now.index[name] !== before.index[name])
  expect(differing).toHaveLength(2)
  expect(differing).toContain('parts')
})

test('a write that fails leaves the list as it was', async () => {
  const { vault, document } = await changed(() => undefined)
  document.failWrites = true
  await vault.write([{ put: 'tokens', id: 'n1', value: tokens('lost') }]).catch(() => undefined)
  document.failWrites = false
  await vault.write([{ put: 'connection', id: 'n1', value: connection('Renamed') }])
  await vault.close()
  await vault.open()
  expect(vault.damageOf('tokens', 'n1')).toBeNull()
})

describe('a vault of version 2, whose list was sealed whole', () => {
  type SamePorts = Parameters<typeof openVault>[0] & { document: MemoryDocument }

  /** The document as version 2 wrote it; `list` is sealed under the name that it had. */
  async function asVersion2(ports: SamePorts, list: (stored: Stored) => Record<string, string>): Promise<void> {
    const vault = openVault(ports)
    await vault.open()
    const stored = JSON.parse(ports.document.text ?? '')
    await vault.changeSlots({
      async make({ slots, key, vaultId }) {
        stored.version = 2
        sealAsThen(key, stored)
        stored.index = seal(key, { vaultId, name: 'index' }, JSON.stringify(list(stored)))
        return { slots }
      },
    })
    await vault.close()
    ports.document.text = JSON.stringify(stored)
  }

  /** Nothing that was sealed then names the version it was sealed for. */
  function sealAsThen(key: Uint8Array, stored: Stored): void {
    const { vaultId } = stored
    stored.check = sealedBefore(key, { vaultId, name: 'check' }, stored.check)
    for (const [name, jwe] of Object.entries(stored.records)) {
      stored.records[name] = sealedBefore(key, { vaultId, name }, jwe)
    }
  }

  const tagsIn = ({ records }: Stored) =>
    Object.fromEntries(Object.entries(records).map(([name, jwe]) => [name, tagOf(jwe)]))

  async function written(): Promise<SamePorts> {
    const document = memoryDocument()
    const ports: SamePorts = { ...memoryPorts({ document }), document }
    const vault = openVault(ports)
    await vault.open()
    await vault.write(sampleChanges)
    await vault.close()
    return ports
  }

  test('is carried over with its first write, and whole before and after it', async () => {
    const ports = await written()
    await asVersion2(ports, tagsIn)
    const vault = openVault(ports)
    await vault.open()
    expect(vault.damageOf('tokens', 'n1')).toBeNull()
    await vault.write([{ put: 'connection', id: 'n1', value: connection('Renamed') }])
    await vault.close()
    const stored = JSON.parse(ports.document.text ?? '') as Stored
    expect(stored.version).toBe(documentVersion)
    expect(decodeProtectedHeader(stored.check).version).toBe(documentVersion)
    expect(Object.keys(stored.index).length).toBeGreaterThan(1)
    await vault.open()
    expect((await vault.read('tokens', 'n1'))?.accessToken.reveal()).toBe(planted.accessToken)
  })

  test('is told of a record that is another version than its list says', async () => {
    const ports = await written()
    await asVersion2(ports, (stored) => ({ ...tagsIn(stored), 'tokens:n1': 'another' }))
    const vault = openVault(ports)
    await vault.open()
    expect(vault.damageOf('tokens', 'n1')?.failure.message).toMatch(/older version/)
  })

  test('stays without a list that can be trusted where it was damaged, also after a write', async () => {
    const ports = await written()
    await asVersion2(ports, tagsIn)
    const stored = JSON.parse(ports.document.text ?? '')
    ports.document.text = JSON.stringify({ ...stored, index: damage(stored.index) })
    const vault = openVault(ports)
    await vault.open()
    await vault.write([{ put: 'connection', id: 'n1', value: connection('Renamed') }])
    await vault.close()
    await vault.open()
    expect(vault.damageOf('tokens', 'n1')?.failure.message).toMatch(/list of its records is damaged/)
    await vault.recover()
    expect((await vault.read('tokens', 'n1'))?.accessToken.reveal()).toBe(planted.accessToken)
  })
})
