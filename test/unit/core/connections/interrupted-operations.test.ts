import { expect, it } from 'vitest'
import { recoverInterrupted } from '../../../../core/connections/interrupted-operations.ts'
import type { ConnectionRecord } from '../../../../core/records.ts'
import { connection } from '../vault/sample-records.ts'

const cutOff = { refreshing: { since: 7, flowId: 'f' } }

/** Recovers one connection with these notes; `busy` while an operation runs on it. */
async function recovered(notes: Partial<ConnectionRecord>, busy = false) {
  let record: ConnectionRecord = { ...connection('Plane'), ...notes }
  await recoverInterrupted({
    connections: {
      ids: () => ['a'],
      record: () => record,
      async update(_id, change) {
        record = { ...record, ...change }
      },
    },
    operations: { isAtWork: () => busy },
  })
  return record
}

it('marks a connection whose refresh was cut off, and removes the note', async () => {
  const { refreshing, status } = await recovered(cutOff)
  expect(refreshing).toBeNull()
  expect(status).toMatchObject({
    kind: 'needs_attention',
    since: 7,
    failure: { message: expect.stringContaining('refresh was under way') },
  })
})

it('says of a cut-off revocation that the tokens may be revoked', async () => {
  const { revoking, status } = await recovered({ ...cutOff, revoking: { since: 9 } })
  expect(revoking).toBeNull()
  expect(status).toMatchObject({
    kind: 'needs_attention',
    since: 9,
    failure: { message: expect.stringContaining('may be revoked') },
  })
})

it('does not forget that a revocation was accepted when another one was cut off', async () => {
  const revocation = { at: 1, outcome: 'unverified' as const, worksUntil: null, page: null, words: '' }
  const status = { kind: 'revocation_accepted' as const, revocation }
  expect(await recovered({ status, revoking: { since: 9 } })).toMatchObject({ status, revoking: null })
})

it('leaves alone what is running now, and what was not cut off', async () => {
  expect(await recovered(cutOff, true)).toMatchObject({ ...cutOff, status: { kind: 'good' } })
  expect(await recovered({})).toEqual(connection('Plane'))
})
