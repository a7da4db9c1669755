import { expect, it } from 'vitest'
import { authenticatedBy, refusedCodeFlow, refusedToken } from './authorization-fixture.ts'
import { diagnosisBy, refusal } from './diagnosis-fixture.ts'

it('code-refused: is what remains of invalid_grant', () => {
  const found = diagnosisBy('code-refused', refusedCodeFlow())
  expect([found?.weight, found?.evidence[0]?.value]).toEqual(['likely', '<code:1>'])
})

it('code-refused: says nothing where the cause is known, or of a refresh token', () => {
  expect(diagnosisBy('code-refused', refusedCodeFlow(refusal('code_already_used')))).toBeUndefined()
  expect(diagnosisBy('code-refused', refusedToken(authenticatedBy.body(), refusal('invalid_grant')))).toBeUndefined()
})
