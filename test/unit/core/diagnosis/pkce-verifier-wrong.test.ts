import { expect, it } from 'vitest'
import { refusedCodeFlow } from './authorization-fixture.ts'
import { diagnosisBy, refusal } from './diagnosis-fixture.ts'

const asked = { code_challenge: 'c', code_challenge_method: 'S256' }
const sent = { code_verifier: '<code_verifier:1>' }

it('pkce-verifier-wrong: is certain where the server says so', () => {
  const said = refusal('invalid_grant', 'PKCE verification failed: Code mismatch')
  expect(diagnosisBy('pkce-verifier-wrong', refusedCodeFlow(said, { asked, sent }))?.weight).toBe('cause')
})

it('pkce-verifier-wrong: sees with plain that they are two texts', () => {
  const plain = { code_challenge: '<code_verifier:2>', code_challenge_method: 'plain' }
  const found = diagnosisBy('pkce-verifier-wrong', refusedCodeFlow(refusal('invalid_grant'), { asked: plain, sent }))
  expect(found?.weight).toBe('cause')
  const same = { ...plain, code_challenge: '<code_verifier:1>' }
  expect(
    diagnosisBy('pkce-verifier-wrong', refusedCodeFlow(refusal('invalid_grant'), { asked: same, sent })),
  ).toBeUndefined()
})

it('pkce-verifier-wrong: says nothing of a refusal that does not speak of PKCE', () => {
  expect(diagnosisBy('pkce-verifier-wrong', refusedCodeFlow(refusal('invalid_grant'), { asked, sent }))).toBeUndefined()
})
