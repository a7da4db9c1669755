import { expect, it } from 'vitest'
import { diagnosisBy } from './diagnosis-fixture.ts'
import { succeededAt, withoutRefreshToken } from './no-refresh-fixture.ts'

it('access-type-online: shows what was sent', () => {
  const found = diagnosisBy('access-type-online', withoutRefreshToken({ access_type: 'online' }), succeededAt())
  expect(found?.evidence[0]).toMatchObject({ event: '1', name: 'access_type', value: 'online' })
})

it('access-type-online: says nothing of offline, or of none', () => {
  const sent: Record<string, string>[] = [{ access_type: 'offline' }, { scope: 'a' }]
  for (const parameters of sent) {
    expect(diagnosisBy('access-type-online', withoutRefreshToken(parameters), succeededAt())).toBeUndefined()
  }
})
