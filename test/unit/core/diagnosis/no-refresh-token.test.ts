import { expect, it } from 'vitest'
import { diagnosisBy } from './diagnosis-fixture.ts'
import { succeededAt, withoutRefreshToken } from './no-refresh-fixture.ts'

const without = succeededAt({ grants: [{ id: 'code', type: 'authorization_code', name: 'Code', refresh: false }] })

it('no-refresh-token: tells what is described from what is not', () => {
  const described = diagnosisBy('no-refresh-token', withoutRefreshToken({}, { expected: null }), without)
  const unknown = diagnosisBy('no-refresh-token', withoutRefreshToken({}), succeededAt())
  expect(described?.actions).toEqual([])
  expect(unknown?.actions.map(({ action }) => action)).toContain('reconnect')
})

it('no-refresh-token: says nothing of a token that does not end, or where the reason is known', () => {
  const endless = withoutRefreshToken({}, { expected: null, expiresIn: null })
  expect(diagnosisBy('no-refresh-token', endless, without)).toBeUndefined()
  expect(diagnosisBy('no-refresh-token', withoutRefreshToken({ access_type: 'online' }), succeededAt())).toBeUndefined()
  expect(diagnosisBy('no-refresh-token', withoutRefreshToken({}, { issued: true }), succeededAt())).toBeUndefined()
})
