import { expect, it } from 'vitest'
import { strayWith, waitFor } from './authorization-fixture.ts'
import { authorizationRequest, contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'

const asked = authorizationRequest({ redirect_uri: 'http://127.0.0.1/callback' })
const cancelled = contextOf({ flow: { outcome: 'cancelled' } })

it('browser-never-returned: is what remains when nothing came in time', () => {
  expect(diagnosisBy('browser-never-returned', eventsOf(asked, waitFor('redirect', 'timed_out')))?.weight).toBe(
    'likely',
  )
})

it('browser-never-returned: is said to who cancelled after a while, not to who changed their mind', () => {
  const wait = waitFor('redirect', 'cancelled')
  const late = eventsOf(asked, { ...wait, at: 0, endedAt: 60_000 })
  expect(diagnosisBy('browser-never-returned', late, cancelled)).toBeDefined()
  const soon = eventsOf(asked, { ...wait, at: 0, endedAt: 5_000 })
  expect(diagnosisBy('browser-never-returned', soon, cancelled)).toBeUndefined()
})

it('browser-never-returned: says nothing where something came', () => {
  const events = eventsOf(asked, strayWith('state', '/callback?state=1'), waitFor('redirect', 'timed_out'))
  expect(diagnosisBy('browser-never-returned', events)).toBeUndefined()
})
