import { expect, it } from 'vitest'
import { accepted, authenticatedBy } from './authorization-fixture.ts'
import { contextOf, diagnosisBy, eventsOf, exchange, refusal } from './diagnosis-fixture.ts'

const differs = {
  kind: 'check',
  which: 'basic_spelling',
  found: 'basic',
  result: 'unconfirmed',
  reason: 'servers_differ',
}
const refused = exchange({
  request: authenticatedBy.basic(),
  response: refusal('invalid_client', undefined, 401),
  outcome: 'failed',
})

it('basic-spelling: tries the other one', () => {
  const found = diagnosisBy('basic-spelling', eventsOf(differs, refused))
  expect(found?.actions[0]).toMatchObject({ changes: { clientAuthentication: 'basic-raw' } })
  const raw = diagnosisBy('basic-spelling', eventsOf({ ...differs, found: 'basic-raw' }, refused))
  expect(raw?.actions[0]).toMatchObject({ changes: { clientAuthentication: 'basic' } })
})

it('basic-spelling: says nothing where both are the same, or this one worked before', () => {
  expect(diagnosisBy('basic-spelling', eventsOf(refused))).toBeUndefined()
  const context = contextOf({ earlier: [accepted(authenticatedBy.basic())] })
  expect(diagnosisBy('basic-spelling', eventsOf(differs, refused), context)).toBeUndefined()
})
