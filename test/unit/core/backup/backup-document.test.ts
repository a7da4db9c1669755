// What stands in a backup, and what is read of one that an earlier version wrote.
import { expect, test } from 'vitest'
import { readDocument, writeDocument } from '../../../../core/backup/backup-document.ts'
import { Secret } from '../../../../core/secret.ts'
import { connection, tokens } from '../vault/sample-records.ts'

const revoked = { kind: 'needs_attention' as const, since: 1, failure: { kind: 'conflict' as const, message: 'Why.' } }

const records = {
  service: {},
  client: {},
  client_secret: {},
  service_certificates: {},
  connection: {
    n1: { ...connection('Plane'), status: revoked, outcomeUnknown: { since: 2, operation: 'refresh' as const } },
  },
  tokens: { n1: tokens() },
  settings: {},
  proxy_password: {},
  webhook: {},
  history: {},
}

test('a backup says the same when it is read', () => {
  const read = readDocument(writeDocument({ createdAt: 1, records }))
  expect(read.records.connection).toEqual(records.connection)
})

test('a connection of an earlier backup keeps its status under the name of then', () => {
  const text = writeDocument({ createdAt: 1, records }).reveal()
  const earlier = text
    .replace('"status":', '"standing":')
    .replace('"outcomeUnknown":', '"unsettled":')
    .replace('"operation":', '"act":')
  expect(earlier).not.toBe(text)
  expect(readDocument(new Secret(earlier)).records.connection).toEqual(records.connection)
})
