import { expect, it } from 'vitest'
import { redirectWith, waitFor } from './authorization-fixture.ts'
import { authorizationRequest, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'

const asked = authorizationRequest({ redirect_uri: 'http://127.0.0.1/callback' })

it('browser-not-opened: is why nothing came', () => {
  const events = eventsOf({ ...asked, opened: 'failed' }, waitFor('redirect', 'timed_out'))
  expect(diagnosisBy('browser-not-opened', events)?.weight).toBe('cause')
  expect(diagnosisBy('browser-never-returned', events)).toBeUndefined()
})

it('browser-not-opened: says nothing where the browser came back all the same, or was opened', () => {
  const opened = eventsOf(asked, waitFor('redirect', 'timed_out'))
  expect(diagnosisBy('browser-not-opened', opened)).toBeUndefined()
  const came = eventsOf({ ...asked, opened: 'failed' }, waitFor('redirect', 'over'), redirectWith('access_denied'))
  expect(diagnosisBy('browser-not-opened', came)).toBeUndefined()
})
