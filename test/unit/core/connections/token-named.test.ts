// A token by its connection's name: what comes with it, and what is said when it does not come.
import { expect, it } from 'vitest'
import type { DamagedRecord } from '../../../../contract/damage.ts'
import { connectionNamed } from '../../../../core/connections/named-connection.ts'
import { handOutByName } from '../../../../core/connections/token-named.ts'
import { Problem, problem } from '../../../../core/problem.ts'
import type { ConnectionRecord } from '../../../../core/records.ts'
import { sampleConnection } from '../../headless/sample-connection.ts'
import { connection } from '../vault/sample-records.ts'

const services = (id: string) => (id === 'plane' ? { name: 'Plane' } : undefined)

function failureOf(run: () => unknown) {
  try {
    run()
  } catch (error) {
    if (error instanceof Problem) return error.failure
  }
  throw new Error('It did not fail.')
}

it('names the candidates of an ambiguous name, and says where the list is of one that nothing has', () => {
  const all: [string, ConnectionRecord][] = [
    ['1111-a', connection('Ada')],
    ['1122-b', connection('Bob')],
  ]
  expect(connectionNamed(all, 'bo', services)).toBe('1122-b')
  expect(failureOf(() => connectionNamed(all, '11', services))).toEqual({
    kind: 'conflict',
    message: '“11” is more than one connection: Ada at Plane (1111-a), Bob at Plane (1122-b).',
    remedy: 'Use more of the name, or the id.',
  })
  expect(failureOf(() => connectionNamed(all, 'Eve', services))).toMatchObject({ remedy: 'See “grantdesk list”.' })
  expect(failureOf(() => connectionNamed([], 'Eve', services))).toMatchObject({
    kind: 'not_found',
    message: 'There is no connection “Eve”.',
    remedy: 'There are none yet: see “grantdesk connect --help”.',
  })
})

const now = 90 * 86_400_000
const pasted = {
  grantType: 'static_token' as const,
  refreshable: false,
  obtainedAt: 0,
  expiresAt: now + 3 * 86_400_000,
}

function parts(
  change: Partial<ConnectionRecord>,
  token: () => Promise<{ accessToken: string }>,
  damaged: DamagedRecord[] = [],
) {
  const updates: unknown[] = []
  const record = { ...connection('Ada'), ...change }
  const connections = {
    idNamed: () => 'x',
    record: () => record,
    view: () =>
      sampleConnection({
        grantType: record.grantType,
        refreshable: record.refreshable,
        obtainedAt: record.obtainedAt,
        expiresAt: record.expiresAt,
        reminded: record.reminded,
      }),
    update: async (...given: unknown[]) => void updates.push(given),
  }
  const handOut = handOutByName({
    clock: { now: () => now },
    connections: connections as never,
    disclosure: { token },
    damaged: () => damaged,
  })
  return { handOut, updates }
}

it('comes with an end that only the person can put off, once', async () => {
  const { handOut, updates } = parts(pasted, async () => ({ accessToken: 't' }))
  expect(await handOut('Ada', 'command')).toEqual({
    ...{ accessToken: 't', name: 'Ada', attention: null },
    end: { at: pasted.expiresAt, by: 'replace' },
    damagedElsewhere: null,
  })
  expect(updates).toEqual([['x', { reminded: { end: pasted.expiresAt, dismissed: false, at: now } }]])
  const told = parts({ ...pasted, reminded: { end: pasted.expiresAt, dismissed: false, at: now - 1 } }, async () => ({
    accessToken: 't',
  }))
  expect(await told.handOut('Ada', 'command')).toMatchObject({ end: null })
})

it('comes with why it may not work', async () => {
  const failure = { kind: 'refused', message: 'No.', remedy: 'Reconnect.', by: 'token_endpoint' } as const
  const status = {
    kind: 'needs_attention' as const,
    since: 1,
    failure: { ...failure, status: 400, error: 'invalid_grant', errorDescription: null },
  }
  const { handOut } = parts({ status }, async () => ({ accessToken: 't' }))
  expect(await handOut('Ada', 'command')).toMatchObject({
    attention: { message: 'No.', remedy: 'Reconnect.' },
    end: null,
  })
})

it('comes with what else in the vault is damaged, but for what it needs itself', async () => {
  const names = ['tokens:y', 'tokens:x', 'service:plane', 'client:c1', 'client_secret:c2', 'settings:all']
  const damaged = names.map((text) => {
    const [kind = '', id = ''] = text.split(':')
    const words = { what: kind, name: id, message: '', remedy: '' }
    return { kind, id, ...words, serviceId: null, since: 1, recoverable: false, problem: 'damaged' as const }
  })
  const { handOut } = parts({ serviceId: 'plane', clientId: 'c1' }, async () => ({ accessToken: 't' }), damaged)
  expect(await handOut('Ada', 'command')).toMatchObject({
    damagedElsewhere: 'tokens y, client_secret c2, settings all',
  })
})

it('says with a refused client whose secret may be the cure, and with other failures nothing more', async () => {
  const refused = {
    kind: 'refused',
    message: 'No.',
    by: 'token_endpoint',
    status: 401,
    error: 'invalid_client',
  } as const
  const thrown = new Problem({ ...refused, errorDescription: null, clientRefused: true })
  const { handOut } = parts({ clientId: 'c1' }, () => Promise.reject(thrown))
  await expect(handOut('Ada', 'command')).rejects.toMatchObject({ failure: { clientRefused: true, clientId: 'c1' } })
  const other = problem('timed_out', 'Away.')
  await expect(parts({}, () => Promise.reject(other)).handOut('Ada', 'command')).rejects.toBe(other)
})
