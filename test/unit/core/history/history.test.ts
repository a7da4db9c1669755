import { describe, expect, test } from 'vitest'
import { createHistory } from '../../../../core/history/history.ts'
import { memoryRecords } from '../../../support/memory-records.ts'

function desk(records = memoryRecords()) {
  const names = new Map([['n1', 'Work']])
  const time = { now: 1000 }
  let writes = 0
  const counted: typeof records = {
    ...records,
    write(changes) {
      writes += 1
      return records.write(changes)
    },
  }
  let told = 0
  const history = createHistory({
    records: counted,
    clock: { now: () => time.now++ },
    nameOf: (id) => names.get(id) ?? null,
    onAdd: () => told++,
  })
  return { history, names, records, time, told: () => told, writes: () => writes }
}

const token = { caller: 'command', act: 'token', detail: 'Access token handed out' } as const

describe('the history', () => {
  test('lists what was done with each connection and with the vault, newest first', async () => {
    const { history } = desk()
    await history.add('n1', token)
    await history.add(null, { caller: 'window', act: 'ways', detail: 'Passphrase added' })
    expect((await history.entries({})).map(({ connectionName, detail }) => [connectionName, detail])).toEqual([
      [null, 'Passphrase added'],
      ['Work', 'Access token handed out'],
    ])
  })

  test('keeps the trail of a connection that is gone, under its last name', async () => {
    const { history, names, records } = desk()
    await history.add('n1', token)
    names.delete('n1')
    await history.add('n1', { caller: 'window', act: 'remove', detail: 'Removed Work' })
    const again = desk(records)
    again.names.clear()
    expect((await again.history.entries({ connectionId: 'n1' })).map((each) => each.connectionName)).toEqual([
      'Work',
      'Work',
    ])
  })

  test('writes many entries that come at once in few writes, and loses none', async () => {
    const { history, writes, told } = desk()
    await Promise.all(Array.from({ length: 300 }, () => history.add('n1', token)))
    expect(await history.entries({})).toHaveLength(300)
    expect(writes()).toBeLessThan(5)
    expect(told()).toBe(writes())
  })

  test('an entry that cannot be written is said, and is not listed', async () => {
    const records = memoryRecords()
    const full = { ...records, write: () => Promise.reject(new Error('full')) }
    const { history } = desk(full)
    await expect(history.add('n1', token)).rejects.toThrow('full')
    await history.addFailure('n1', token)
    expect(await history.entries({})).toEqual([])
  })

  test('is found by connection, act, caller, outcome, time and words', async () => {
    const { history, time } = desk()
    await history.add('n1', token)
    await history.addFailure('n1', { caller: 'window', act: 'refresh', detail: 'The server said invalid_grant' })
    time.now = 5000
    await history.add('n2', { caller: 'tab', act: 'copy', detail: 'Copied as curl', name: 'Zoë' })
    const found = async (filter: Parameters<typeof history.entries>[0]) =>
      (await history.entries(filter)).map(({ act }) => act)
    expect(await found({ connectionId: 'n1' })).toEqual(['refresh', 'token'])
    expect(await found({ act: 'copy' })).toEqual(['copy'])
    expect(await found({ caller: 'command' })).toEqual(['token'])
    expect(await found({ outcome: 'failed' })).toEqual(['refresh'])
    expect(await found({ since: 5000 })).toEqual(['copy'])
    expect(await found({ search: 'WORK grant' })).toEqual(['refresh'])
    expect(await found({ search: 'browser tab zoe\u0308' })).toEqual(['copy'])
    expect(await found({ search: 'nobody' })).toEqual([])
  })

  test('reads on what an earlier Grantdesk kept', async () => {
    const records = memoryRecords()
    const old = { ...token, id: 'e1', at: 1, outcome: 'done', flowId: null } as const
    await records.write([{ put: 'history', id: 'n1', value: { entries: [old] } }])
    const { history } = desk(records)
    await history.add('n1', token)
    expect((await history.entries({ connectionId: 'n1' })).map(({ id }) => id)[1]).toBe('e1')
    expect((await records.read('history', 'n1'))?.entries).toEqual([old])
  })
})
