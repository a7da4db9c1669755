import { afterEach, describe, expect, test, vi } from 'vitest'
import { usualKeep } from '../../../../contract/settings.ts'
import { createHistory } from '../../../../core/history/history.ts'
import { historyBounds } from '../../../../core/retention-limits.ts'
import { memoryLogs, memorySealedLogs } from '../../../support/memory-logs.ts'
import { memoryRecords } from '../../../support/memory-records.ts'

afterEach(() => vi.useRealTimers())

function grantdesk(folder = memoryLogs(), records = memoryRecords()) {
  const names = new Map([['n1', 'Work']])
  const time = { now: 1000 }
  let told = 0
  const history = createHistory({
    ...{ records, logs: memorySealedLogs(folder), bounds: () => historyBounds(usualKeep) },
    clock: { now: () => time.now++ },
    nameOf: (id) => names.get(id) ?? null,
    onAdd: () => told++,
  })
  return { history, names, folder, records, time, told: () => told }
}

const token = { caller: 'command', operation: 'token', detail: 'Access token handed out' } as const

describe('the history', () => {
  test('lists what was done with each connection and with the vault, newest first', async () => {
    const { history } = grantdesk()
    await history.add('n1', token)
    await history.add(null, { caller: 'window', operation: 'unlock_settings', detail: 'Passphrase added' })
    expect((await history.entries({})).map(({ connectionName, detail }) => [connectionName, detail])).toEqual([
      [null, 'Passphrase added'],
      ['Work', 'Access token handed out'],
    ])
  })

  test('keeps the trail of a connection that is gone, under its last name', async () => {
    const { history, names, folder } = grantdesk()
    await history.add('n1', token)
    names.delete('n1')
    await history.add('n1', { caller: 'window', operation: 'remove', detail: 'Removed Work' })
    const again = grantdesk(folder)
    again.names.clear()
    expect((await again.history.entries({ connectionId: 'n1' })).map((each) => each.connectionName)).toEqual([
      'Work',
      'Work',
    ])
  })

  test('writes many entries that come at once in few writes, waits for the disk, and loses none', async () => {
    const { history, folder, told } = grantdesk()
    await Promise.all(Array.from({ length: 300 }, () => history.add('n1', token)))
    expect(await history.entries({})).toHaveLength(300)
    expect(folder.writes).toBeLessThan(5)
    expect(folder.syncs).toBe(folder.writes)
    expect(told()).toBe(folder.writes)
  })

  test('waits for the disk only where a secret is handed out', async () => {
    const { history, folder } = grantdesk()
    await history.note('n1', { caller: 'host', operation: 'refresh', detail: 'New access token' })
    expect([folder.writes, folder.syncs]).toEqual([1, 0])
  })

  test('an entry that cannot be written is said, and is not listed', async () => {
    const { history, folder } = grantdesk()
    folder.trouble = 'full'
    await expect(history.add('n1', token)).rejects.toThrow(/could not be written: the disk is full/)
    expect(await history.entries({})).toEqual([])
  })

  test('what was done and could not be written goes in before what comes next, of any subject', async () => {
    const { history, folder } = grantdesk()
    folder.trouble = 'full'
    await history.note('n1', { caller: 'host', operation: 'refresh', detail: 'New access token' })
    await history.addFailure('n2', token)
    folder.trouble = null
    await history.add('n1', token)
    expect((await history.entries({ connectionId: 'n1' })).map(({ operation }) => operation)).toEqual([
      'token',
      'refresh',
    ])
    expect(await history.entries({ connectionId: 'n2' })).toHaveLength(1)
  })

  test('what could not be written is tried again by itself', async () => {
    vi.useFakeTimers()
    const { history, folder } = grantdesk()
    folder.trouble = 'full'
    await history.note('n1', token)
    await vi.advanceTimersByTimeAsync(60_000)
    folder.trouble = null
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await history.entries({})).toHaveLength(1)
  })

  test('is found by connection, operation, caller, outcome, time and words', async () => {
    const { history, time } = grantdesk()
    await history.add('n1', token)
    await history.addFailure('n1', { caller: 'window', operation: 'refresh', detail: 'The server said invalid_grant' })
    time.now = 5000
    await history.add('n2', { caller: 'tab', operation: 'copy', detail: 'Copied as curl', name: 'Zoë' })
    const found = async (filter: Parameters<typeof history.entries>[0]) =>
      (await history.entries(filter)).map(({ operation }) => operation)
    expect(await found({ connectionId: 'n1' })).toEqual(['refresh', 'token'])
    expect(await found({ operation: 'copy' })).toEqual(['copy'])
    expect(await found({ caller: 'command' })).toEqual(['token'])
    expect(await found({ outcome: 'failed' })).toEqual(['refresh'])
    expect(await found({ since: 5000 })).toEqual(['copy'])
    expect(await found({ search: 'WORK grant' })).toEqual(['refresh'])
    expect(await found({ search: 'browser tab zoe\u0308' })).toEqual(['copy'])
    expect(await found({ search: 'nobody' })).toEqual([])
  })

  test('carries over what an earlier Grantdesk kept in the document, once, and takes it out there', async () => {
    const { history, records, folder } = grantdesk()
    const old = (id: string, at: number) => ({ ...token, id, at, outcome: 'done', flowId: null }) as const
    const page = { subject: { id: 'n1', name: 'Old name' }, closed: false }
    await records.write([
      { put: 'history', id: 'n1', value: { entries: [old('e2', 2), old('e1', 1)] } },
      { put: 'history', id: 'n1.e3', value: { ...page, entries: [old('e3', 3)] } },
      { put: 'history', id: 'vault.e4', value: { entries: [old('e4', 4)], subject: null } },
    ])
    await history.add('n1', token)
    await history.carryOver()
    const ids = (await history.entries({})).map(({ id }) => id)
    expect(ids.slice(1)).toEqual(['e4', 'e3', 'e2', 'e1'])
    expect(await records.ids('history')).toEqual([])
    const { writes } = folder
    await history.carryOver()
    expect(folder.writes).toBe(writes)
  })

  test('carried over twice, because the first was killed before the document was written, is there once', async () => {
    const { history, records, folder } = grantdesk()
    const old = { ...token, id: 'e1', at: 1, outcome: 'done', flowId: null } as const
    await records.write([{ put: 'history', id: 'n1', value: { entries: [old] } }])
    const killed = { ...records, write: () => Promise.reject(new Error('killed')) }
    await expect(grantdesk(folder, killed).history.carryOver()).rejects.toThrow('killed')
    await history.carryOver()
    expect(await history.entries({})).toHaveLength(1)
  })
})
