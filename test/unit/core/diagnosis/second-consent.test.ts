import { expect, it } from 'vitest'
import { diagnosisBy } from './diagnosis-fixture.ts'
import { succeededAt, withoutRefreshToken } from './no-refresh-fixture.ts'

it('second-consent: asks again with prompt=consent', () => {
  const found = diagnosisBy('second-consent', withoutRefreshToken({ access_type: 'offline' }), succeededAt())
  const parameters = { access_type: 'offline', prompt: 'consent' }
  expect(found?.actions).toEqual([{ action: 'reconnect', connectionId: null, changes: { parameters } }])
})

it('second-consent: says nothing where that was sent', () => {
  const asked = withoutRefreshToken({ access_type: 'offline', prompt: 'consent select_account' })
  expect(diagnosisBy('second-consent', asked, succeededAt())).toBeUndefined()
  expect(diagnosisBy('second-consent', withoutRefreshToken({}), succeededAt())).toBeUndefined()
})
