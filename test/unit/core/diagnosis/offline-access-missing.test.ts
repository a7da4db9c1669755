import { expect, it } from 'vitest'
import { diagnosisBy } from './diagnosis-fixture.ts'
import { succeededAt, withoutRefreshToken } from './no-refresh-fixture.ts'

const described = succeededAt({
  scopes: { groups: [{ name: 'All', scopes: [{ value: 'read' }, { value: 'offline.access' }] }] },
})

it('offline-access-missing: asks for the scope as the service spells it', () => {
  const found = diagnosisBy('offline-access-missing', withoutRefreshToken({ scope: 'read' }), described)
  expect(found?.weight).toBe('odd')
  const addScopes = ['offline.access']
  expect(found?.actions).toEqual([{ action: 'reconnect', connectionId: null, changes: { addScopes } }])
})

it('offline-access-missing: knows what an OpenID provider calls it', () => {
  const found = diagnosisBy(
    'offline-access-missing',
    withoutRefreshToken({ scope: 'openid' }),
    succeededAt({ openid: {} }),
  )
  expect(found?.title).toContain('offline_access')
})

it('offline-access-missing: says nothing where it was asked for, or a refresh token came', () => {
  const asked = withoutRefreshToken({ scope: 'read offline.access' })
  expect(diagnosisBy('offline-access-missing', asked, described)).toBeUndefined()
  const issued = withoutRefreshToken({ scope: 'read' }, { issued: true })
  expect(diagnosisBy('offline-access-missing', issued, described)).toBeUndefined()
  const ofClient = withoutRefreshToken({ scope: 'read' }, { grantType: 'client_credentials' })
  expect(diagnosisBy('offline-access-missing', ofClient, described)).toBeUndefined()
})
