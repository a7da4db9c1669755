import { describe, expect, test } from 'vitest'
import { usualKeep } from '../../../../contract/settings.ts'
import { createBackups } from '../../../../core/backup/backups.ts'
import { createHistory } from '../../../../core/history/history.ts'
import { historyBounds } from '../../../../core/retention-limits.ts'
import { Secret } from '../../../../core/secret.ts'
import { memorySealedLogs } from '../../../support/memory-logs.ts'
import { memoryRecords } from '../../../support/memory-records.ts'
import { connection, planted, sampleChanges, tokens } from '../vault/sample-records.ts'

const passphrase = new Secret('correct horse battery')
const clock = { now: () => Date.UTC(2026, 10, 23) }

async function filled() {
  const records = memoryRecords()
  await records.write(sampleChanges)
  return records
}

function backupsOf(records = memoryRecords(), taken: string[] = []) {
  const freeName = (wanted: string) => (taken.includes(wanted) ? `${wanted} 2` : wanted)
  const history = createHistory({
    ...{ records, logs: memorySealedLogs(), bounds: () => historyBounds(usualKeep) },
    ...{ clock, nameOf: () => null, onAdd: () => undefined },
  })
  return {
    records,
    history,
    backups: createBackups({ records, clock, history, freeName, isMissing: () => false, rounds: 1_000 }),
  }
}

describe('a backup', () => {
  test('holds no secret in the clear, and restores everything into an empty vault', async () => {
    const { text, fileName } = await backupsOf(await filled()).backups.make(passphrase)
    expect(fileName).toBe('grantdesk-2026-11-23.backup.jwe')
    for (const secret of Object.values(planted)) expect(text).not.toContain(secret)

    const { records, backups } = backupsOf()
    expect((await backups.inspect(text, passphrase)).entries.map(({ name, comparison }) => [name, comparison])).toEqual(
      [
        ['My client', 'new'],
        ['Plane', 'new'],
      ],
    )
    expect((await backups.restore(text, passphrase, undefined)).left).toEqual([])
    const held = await records.read('tokens', 'n1')
    expect(held?.accessToken.reveal()).toBe(planted.accessToken)
    expect(held?.refreshToken?.reveal()).toBe(planted.refreshToken)
    expect((await records.read('client_secret', 'c1'))?.secret.reveal()).toBe(planted.clientSecret)
    expect(await records.read('connection', 'n1')).toEqual(connection('Plane'))
  })

  test('is not opened by another passphrase, and a short one is not taken', async () => {
    const { backups } = backupsOf(await filled())
    const { text } = await backups.make(passphrase)
    const wrong = { failure: { kind: 'wrong_passphrase' } }
    await expect(backups.inspect(text, new Secret('another passphrase'))).rejects.toMatchObject(wrong)
    await expect(backups.restore(text, new Secret('another passphrase'), undefined)).rejects.toMatchObject(wrong)
    await expect(backups.make(new Secret('short'))).rejects.toMatchObject({ failure: { kind: 'invalid_input' } })
  })
})

describe('restoring over what is here', () => {
  test('changes nothing where all is the same', async () => {
    const { records, backups } = backupsOf(await filled())
    const { text } = await backups.make(passphrase)
    expect((await backups.inspect(text, passphrase)).entries.map(({ comparison }) => comparison)).toEqual([
      'same',
      'same',
    ])
    expect((await backups.restore(text, passphrase, ['n1'])).restored).toEqual([])
    expect(await records.list('connection')).toHaveLength(1)
  })

  test('never overwrites tokens that differ, and puts the backup’s beside them when asked', async () => {
    const { records, backups } = backupsOf(await filled(), ['Plane'])
    const { text } = await backups.make(passphrase)
    await records.write([
      { put: 'connection', id: 'n1', value: { ...connection('Plane'), obtainedAt: 5 } },
      { put: 'tokens', id: 'n1', value: tokens('newer-token') },
    ])
    const [, entry] = (await backups.inspect(text, passphrase)).entries
    expect(entry).toMatchObject({ comparison: 'differs', words: 'The tokens here are newer than those of the backup.' })
    expect((await backups.restore(text, passphrase, undefined)).restored).toEqual([])
    expect(await records.list('connection')).toHaveLength(1)

    await backups.restore(text, passphrase, ['n1'])
    expect((await records.read('tokens', 'n1'))?.accessToken.reveal()).toBe('newer-token')
    const beside = (await records.list('connection')).find(({ id }) => id !== 'n1')
    expect(beside?.value.name).toBe('Plane 2')
    expect((await records.read('tokens', beside?.id ?? ''))?.accessToken.reveal()).toBe(planted.accessToken)
  })

  test('uses the client that was entered here anew, and keeps its secret', async () => {
    const { text } = await backupsOf(await filled()).backups.make(passphrase)
    const { records, backups } = backupsOf()
    const original = sampleChanges[0]
    if (!original || !('put' in original) || original.put !== 'client') throw new Error('the sample has changed')
    await records.write([
      { put: 'client', id: 'other', value: original.value },
      { put: 'client_secret', id: 'other', value: { secret: new Secret('new-secret'), replaced: [] } },
    ])
    await backups.restore(text, passphrase, undefined)
    expect((await records.list('client')).map(({ id }) => id)).toEqual(['other'])
    expect((await records.read('connection', 'n1'))?.clientId).toBe('other')
    expect((await records.read('client_secret', 'other'))?.secret.reveal()).toBe('new-secret')
  })
})

describe('a backup that is not whole', () => {
  test('restores no connection whose tokens it lacks, and says so before', async () => {
    const here = await filled()
    await here.write([
      { remove: 'tokens', id: 'n1' },
      { put: 'connection', id: 'n2', value: connection('Whole') },
      { put: 'tokens', id: 'n2', value: tokens() },
    ])
    const made = await backupsOf(here).backups.make(passphrase)
    expect(made.leftOut).toEqual([{ what: 'tokens of the connection', name: 'Plane' }])

    const { records, backups } = backupsOf()
    const { entries } = await backups.inspect(made.text, passphrase)
    expect(entries.map(({ name, comparison }) => [name, comparison])).toEqual([
      ['My client', 'new'],
      ['Plane', 'incomplete'],
      ['Whole', 'new'],
    ])
    const { restored, left, came } = await backups.restore(made.text, passphrase, ['n1', 'n2'])
    expect(restored.map(({ name }) => name)).toEqual(['My client', 'Whole'])
    expect(left.map(({ name, words }) => [name, words])).toEqual([['Plane', 'Its tokens are not in the backup.']])
    expect(came).toEqual([{ id: 'n2', name: 'Whole', beside: false }])
    expect((await records.list('connection')).map(({ id }) => id)).toEqual(['n2'])
  })

  test('brings the client whose secret it lacks, and says that it has to be entered', async () => {
    const here = await filled()
    await here.write([{ remove: 'client_secret', id: 'c1' }])
    const { text } = await backupsOf(here).backups.make(passphrase)
    const [entry] = (await backupsOf().backups.inspect(text, passphrase)).entries
    expect(entry).toMatchObject({ kind: 'client', comparison: 'new', words: expect.stringContaining('enter it') })
  })
})

test('an older refresh token beside a newer one is warned of, and one that is the same is not', async () => {
  const { records, backups } = backupsOf(await filled())
  const { text } = await backups.make(passphrase)
  const warningWith = async (refreshToken: Secret | null) => {
    await records.write([{ put: 'tokens', id: 'n1', value: { ...tokens('newer-token'), refreshToken } }])
    return (await backups.inspect(text, passphrase)).entries.at(-1)?.warning
  }
  expect(await warningWith(new Secret('rotated'))).toMatch(/may revoke both/)
  expect(await warningWith(new Secret(planted.refreshToken))).toBeNull()
  expect(await warningWith(null)).toBeNull()
})

test('the history comes with what is restored, nothing of it twice', async () => {
  const from = backupsOf(await filled())
  await from.history.add('n1', { caller: 'command', operation: 'token', detail: 'Access token handed out' })
  await from.history.add(null, { caller: 'window', operation: 'unlock_settings', detail: 'Passphrase added' })
  const { text } = await from.backups.make(passphrase)
  const to = backupsOf()
  await to.backups.restore(text, passphrase, undefined)
  await to.records.write([{ remove: 'connection', id: 'n1' }])
  await to.backups.restore(text, passphrase, undefined)
  expect((await to.history.entries({})).map(({ operation }) => operation).sort()).toEqual(['token', 'unlock_settings'])
})
