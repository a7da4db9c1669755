import { expect, it } from 'vitest'
import { refusedCodeFlow } from './authorization-fixture.ts'
import { diagnosisBy, refusal } from './diagnosis-fixture.ts'

const asked = { code_challenge: 'c', code_challenge_method: 'S256' }

it('pkce-verifier-missing: compares both requests, whatever the server says', () => {
  const found = diagnosisBy('pkce-verifier-missing', refusedCodeFlow(refusal('invalid_grant'), { asked }))
  expect(found?.evidence.slice(0, 2)).toMatchObject([
    { event: '1', value: 'c' },
    { event: '3', value: '' },
  ])
})

it('pkce-verifier-missing: says nothing where both were sent, or neither', () => {
  const sent = { code_verifier: '<code_verifier:1>' }
  expect(
    diagnosisBy('pkce-verifier-missing', refusedCodeFlow(refusal('invalid_grant'), { asked, sent })),
  ).toBeUndefined()
  expect(diagnosisBy('pkce-verifier-missing', refusedCodeFlow())).toBeUndefined()
})
