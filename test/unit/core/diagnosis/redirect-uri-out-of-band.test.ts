import { expect, it } from 'vitest'
import { clientWith, refusedRedirect, serviceWith } from './authorization-fixture.ts'
import { contextOf, diagnosisBy } from './diagnosis-fixture.ts'

const outOfBand = 'urn:ietf:wg:oauth:2.0:oob'

it('redirect-uri-out-of-band: connects again with an address on this machine, as the service takes it', () => {
  const client = clientWith(outOfBand)
  const found = diagnosisBy('redirect-uri-out-of-band', refusedRedirect(outOfBand), contextOf({ client }))
  expect(found?.actions.slice(0, 2)).toEqual([
    { action: 'reconnect', connectionId: null, changes: { redirect: { mode: 'ephemeral' } } },
    { action: 'copy', what: 'redirect_uri', value: 'http://127.0.0.1/callback' },
  ])
  const service = serviceWith({ redirect: { anyPort: 'no' } })
  const exact = diagnosisBy('redirect-uri-out-of-band', refusedRedirect(outOfBand), contextOf({ client, service }))
  expect(exact?.actions[0]).toMatchObject({ changes: { redirect: { mode: 'fixed', port: 53682 } } })
})

it('redirect-uri-out-of-band: says nothing of an address', () => {
  const events = refusedRedirect('http://127.0.0.1:8080/callback')
  expect(diagnosisBy('redirect-uri-out-of-band', events)).toBeUndefined()
})
