import { describe, expect, test } from 'vitest'
import { mutex } from '../../../../core/mutex.ts'
import { emptyDocument } from '../../../../core/vault/document.ts'
import { openRecordIndex } from '../../../../core/vault/record-index.ts'
import { createRecordWriter } from '../../../../core/vault/record-writer.ts'
import type { TableChange } from '../../../../core/vault/string-table.ts'
import { openVault } from '../../../../core/vault/vault.ts'
import { emptyVersionList } from '../../../../core/vault/version-list.ts'
import { memoryDocument, memoryPorts } from './memory-ports.ts'
import { connection, sampleChanges, tokens } from './sample-records.ts'

const key = new Uint8Array(32)
const change = (name: string, value: string | null = name) => [{ name, value }]

interface Happening {
  /** How long a save takes (ms). */
  cost?: number
  onTurn?: (turn: number) => void
  onPause?: (milliseconds: number) => void
}

/** A writer at work while something may happen at each turn of the event loop and in each pause. */
function writer({ cost = 10, onTurn = () => {}, onPause = () => {} }: Happening = {}) {
  const document = emptyDocument({
    vaultId: 'v',
    createdAt: 1,
    slots: [],
    check: '',
    index: emptyVersionList(key, 'v'),
  })
  const saves: string[][] = []
  const time = { now: 0 }
  const disk: { failure: Error | null; heldUp: number } = { failure: null, heldUp: 0 }
  let turn = 0
  const records = createRecordWriter(
    {
      write(make) {
        const next = make()
        time.now += cost + disk.heldUp
        disk.heldUp = 0
        if (disk.failure) throw disk.failure
        saves.push(next.records.names())
      },
      updateCopy: () => undefined,
      verified: () => undefined,
    },
    () => document,
    mutex(),
    {
      now: () => time.now,
      async turn() {
        turn += 1
        onTurn(turn)
      },
      async pause(milliseconds) {
        time.now += milliseconds
        onPause(milliseconds)
      },
    },
  )
  const index = openRecordIndex(key, document)
  return { records: { write: (changes: TableChange[]) => records.write(changes, index) }, saves, time, disk, document }
}

describe('changes that wait together', () => {
  test('are written in one save, in their order', async () => {
    const { records, saves } = writer()
    await Promise.all(['a', 'b', 'c'].map((name) => records.write(change(name))))
    expect(saves).toEqual([['a', 'b', 'c']])
  })

  test('in a burst with all that come for as long after the last save as that took', async () => {
    const later: Promise<void>[] = []
    const pauses: number[] = []
    const { records, saves, time } = writer({
      onPause(milliseconds) {
        pauses.push(milliseconds)
        later.push(records.write(change('late')))
      },
    })
    await records.write(change('before'))
    // These two share a save, which makes it a burst.
    await Promise.all(['a', 'b'].map((name) => records.write(change(name))))
    time.now += 7
    await records.write(change('c'))
    await Promise.all(later)
    expect(pauses).toEqual([3])
    expect(saves).toEqual([['before'], ['before', 'a', 'b'], ['before', 'a', 'b', 'c', 'late']])
  })

  test('wait for nobody once that time has passed, nor for one save that the disk held up', async () => {
    const pauses: number[] = []
    const { records, disk, time } = writer({ onPause: (milliseconds) => pauses.push(milliseconds) })
    await records.write(change('before'))
    await Promise.all(['a', 'b'].map((name) => records.write(change(name))))
    time.now += 11
    disk.heldUp = 1_000
    await Promise.all(['c', 'd'].map((name) => records.write(change(name))))
    expect(pauses).toEqual([])
    await records.write(change('e'))
    expect(pauses).toEqual([10])
  })

  test('with those that come while more of them come at every turn', async () => {
    const later: Promise<void>[] = []
    const { records, saves } = writer({
      onTurn: (turn) => {
        if (turn <= 3) later.push(records.write(change(`later ${turn}`)))
      },
    })
    await records.write(change('first'))
    await Promise.all(later)
    expect(saves).toEqual([['first', 'later 1', 'later 2', 'later 3']])
  })

  test('wait for others no longer than the last save took', async () => {
    const later: Promise<void>[] = []
    let isBusy = false
    const { records, saves, time } = writer({
      cost: 4,
      onTurn: () => {
        if (!isBusy || later.length === 5) return
        time.now += 3
        later.push(records.write(change(`later ${later.length + 1}`)))
      },
    })
    await records.write(change('before'))
    isBusy = true
    await records.write(change('first'))
    expect(saves).toEqual([['before'], ['before', 'first', 'later 1', 'later 2']])
    await Promise.all(later)
  })

  test('are answered when they are on disk, and not before', async () => {
    const { records, saves } = writer()
    let answered = false
    const writing = records.write(change('a')).then(() => {
      answered = true
    })
    expect(answered).toBe(false)
    await writing
    expect(saves).toHaveLength(1)
  })

  test('all fail with the save, and leave the document as it was for the next one', async () => {
    const { records, saves, disk, document } = writer()
    await records.write(change('kept'))
    disk.failure = Object.assign(new Error('full'), { code: 'ENOSPC' })
    const outcomes = await Promise.allSettled([records.write(change('a')), records.write(change('kept', null))])
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { failure: { kind: 'vault_broken' } } })
    }
    expect(document.records.toJSON()).toEqual({ kept: 'kept' })
    disk.failure = null
    await records.write(change('b'))
    expect(saves.at(-1)).toEqual(['kept', 'b'])
  })
})

describe('in a vault', () => {
  async function opened() {
    const document = memoryDocument()
    const vault = openVault(memoryPorts({ document }))
    await vault.open()
    await vault.write(sampleChanges)
    return { vault, document }
  }

  test('200 writes at once are a handful of saves, and every one of them is there', async () => {
    const { vault, document } = await opened()
    const before = document.writes
    const ids = Array.from({ length: 200 }, (_, at) => `p${at}`)
    await Promise.all(ids.map((id) => vault.write([{ put: 'tokens', id, value: tokens(id) }])))
    expect(document.writes - before).toBeLessThanOrEqual(5)
    expect(await vault.ids('tokens')).toEqual(expect.arrayContaining(ids))
  })

  test('a record that does not fit its schema fails alone', async () => {
    const { vault } = await opened()
    const wrong = { put: 'connection', id: 'wrong', value: { ...connection('x'), name: 7 } } as never
    const [first, second, third] = await Promise.allSettled([
      vault.write([{ put: 'connection', id: 'n2', value: connection('before') }]),
      vault.write([wrong]),
      vault.write([{ put: 'connection', id: 'n3', value: connection('after') }]),
    ])
    expect([first.status, second.status, third.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await vault.ids('connection')).toEqual(['n1', 'n2', 'n3'])
  })

  test('what was to be written at a lock is on disk when the lock returns', async () => {
    const { vault, document } = await opened()
    const writing = Promise.all(['a', 'b'].map((id) => vault.write([{ put: 'tokens', id, value: tokens(id) }])))
    await vault.lock()
    await writing
    expect(Object.keys(JSON.parse(document.text ?? '').records)).toEqual(
      expect.arrayContaining(['tokens:a', 'tokens:b']),
    )
  })
})
