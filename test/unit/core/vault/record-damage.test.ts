// Records that were damaged, rolled back, taken out or brought in, each alone, in a document that is otherwise whole.
import { describe, expect, test } from 'vitest'
import type { LastGoodCopy } from '../../../../core/ports.ts'
import { openVault } from '../../../../core/vault/vault.ts'
import { type MemoryDocument, memoryDocument, memoryPorts } from './memory-ports.ts'
import { connection, planted, sampleChanges, tokens } from './sample-records.ts'

interface Stored {
  records: Record<string, string>
  index: string
}

/** A document with a copy that holds what the document held before its last write, or what it was made to hold. */
function withCopy(): MemoryDocument & { copyText: string | null } {
  const document = { ...memoryDocument(), copyText: null as string | null }
  const write = document.write
  document.write = (next, old) => {
    if (old !== 'is_dropped') document.copyText = document.text
    write.call(document, next)
  }
  const lastGood: LastGoodCopy = {
    path: '/vault.copy.json',
    read: () => (document.copyText === null ? undefined : { document: JSON.parse(document.copyText), writtenAt: 1 }),
    follow() {
      document.copyText = document.text
    },
    use: () => null,
  }
  return Object.assign(document, { lastGood })
}

/** A vault with two connections, closed; `change` is made to what lies on its disk. */
async function changed(change: (stored: Stored, before: Stored) => void) {
  const document = withCopy()
  const ports = memoryPorts({ document })
  const vault = openVault(ports)
  await vault.open()
  await vault.write([...sampleChanges, { put: 'connection', id: 'n2', value: connection('Another') }])
  await vault.write([{ put: 'tokens', id: 'n2', value: tokens('first') }])
  const before = JSON.parse(document.text ?? '') as Stored
  await vault.write([{ put: 'tokens', id: 'n2', value: tokens('second') }])
  await vault.close()
  const stored = JSON.parse(document.text ?? '') as Stored
  change(stored, before)
  document.text = JSON.stringify(stored)
  const again = openVault(ports)
  expect(await again.open()).toMatchObject({ state: 'open' })
  return { vault: again, document, stored }
}

/** Changes one character in the middle. */
const damage = (jwe = '') => {
  const at = jwe.length - 40
  return `${jwe.slice(0, at)}${jwe[at] === 'A' ? 'B' : 'A'}${jwe.slice(at + 1)}`
}

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
    expect(await vault.recover()).toEqual({ keptAs: null, mended: ['tokens:n2'], left: [] })
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
    expect(await vault.recover()).toEqual({ keptAs: null, mended: [], left: ['tokens:n2'] })
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
  expect(await vault.recover()).toMatchObject({ mended: ['tokens:n1'] })
  expect(await vault.read('tokens', 'n1')).toBeUndefined()
})

describe('where the list of the records itself is damaged', () => {
  test('no token and no client secret is used until the person says so, and everything else is', async () => {
    const { vault, document } = await changed((stored) => (stored.index = damage(stored.index)))
    await expect(vault.read('tokens', 'n1')).rejects.toMatchObject({
      failure: { message: expect.stringContaining('list of its records is damaged') },
    })
    expect(await vault.list('connection')).toHaveLength(2)
    await vault.write([{ put: 'connection', id: 'n1', value: connection('Renamed') }])
    await vault.close()
    await vault.open()
    expect(vault.damageOf('tokens', 'n2')).not.toBeNull()
    await vault.recover()
    expect((await vault.read('tokens', 'n2'))?.accessToken.reveal()).toBe('second')
    await vault.close()
    await vault.open()
    expect(vault.damageOf('tokens', 'n2')).toBeNull()
    expect(document.copyText).toBe(document.text)
  })
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
