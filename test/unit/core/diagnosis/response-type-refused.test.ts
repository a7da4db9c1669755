import { expect, it } from 'vitest'
import { afterRedirect, redirectWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

it('response-type-refused: says so by the server’s code', () => {
  const found = diagnosisBy('response-type-refused', afterRedirect({}, redirectWith('unsupported_response_type')))
  expect([found?.weight, found?.evidence[0]?.value]).toEqual(['cause', 'unsupported_response_type'])
})

it('response-type-refused: says nothing of another one', () => {
  expect(diagnosisBy('response-type-refused', afterRedirect({}, redirectWith('unauthorized_client')))).toBeUndefined()
})
