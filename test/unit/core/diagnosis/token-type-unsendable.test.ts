import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf } from './diagnosis-fixture.ts'

function checked(found: string, reason: string | null) {
  return eventsOf({ kind: 'check', which: 'token_type', found, result: reason ? 'failed' : 'passed', reason })
}

it('token-type-unsendable: tells DPoP from others', () => {
  expect(diagnosisBy('token-type-unsendable', checked('DPoP', 'unsendable_type'))?.specification?.name).toBe('RFC 9449')
  expect(diagnosisBy('token-type-unsendable', checked('mac', 'unsendable_type'))?.specification?.name).toBe('RFC 6749')
})

it('token-type-unsendable: says nothing of Bearer', () => {
  expect(diagnosisBy('token-type-unsendable', checked('bearer', null))).toBeUndefined()
})
