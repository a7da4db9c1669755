import { expect, it } from 'vitest'
import { refusedCodeFlow, shown } from './authorization-fixture.ts'
import { diagnosisBy, refusal } from './diagnosis-fixture.ts'

const sent = { code_verifier: '<code_verifier:1>' }

it('pkce-verifier-unexpected: compares both requests', () => {
  const found = diagnosisBy('pkce-verifier-unexpected', refusedCodeFlow(refusal('invalid_grant'), { sent }))
  expect(shown(found)?.slice(0, 2)).toEqual(['', '<code_verifier:1>'])
})

it('pkce-verifier-unexpected: says nothing where a challenge was sent', () => {
  const events = refusedCodeFlow(refusal('invalid_grant'), { sent, asked: { code_challenge: 'c' } })
  expect(diagnosisBy('pkce-verifier-unexpected', events)).toBeUndefined()
})
