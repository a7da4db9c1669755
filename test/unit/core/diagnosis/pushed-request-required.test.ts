import { expect, it } from 'vitest'
import { afterRedirect, redirectWith, serviceWith } from './authorization-fixture.ts'
import { authorizationRequest, contextOf, diagnosisBy, eventsOf, exchange } from './diagnosis-fixture.ts'

const refused = redirectWith('invalid_request', 'Pushed Authorization Request is required')

it('pushed-request-required: wants the endpoint in the description', () => {
  const found = diagnosisBy(
    'pushed-request-required',
    afterRedirect({}, refused),
    contextOf({ service: serviceWith() }),
  )
  expect(found?.actions).toEqual([{ action: 'edit_service', serviceId: 'acme' }])
})

it('pushed-request-required: says nothing where it was pushed, or of another refusal', () => {
  const pushed = exchange({ purpose: { kind: 'pushed_authorization' } })
  expect(diagnosisBy('pushed-request-required', eventsOf(pushed, authorizationRequest({}), refused))).toBeUndefined()
  expect(diagnosisBy('pushed-request-required', afterRedirect({}, redirectWith('invalid_request')))).toBeUndefined()
})
