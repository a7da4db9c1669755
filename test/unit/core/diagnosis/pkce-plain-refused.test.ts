import { expect, it } from 'vitest'
import { afterRedirect, redirectWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

const refused = redirectWith('invalid_request', 'transform algorithm of code_challenge not supported')

it('pkce-plain-refused: goes on to S256', () => {
  const found = diagnosisBy('pkce-plain-refused', afterRedirect({ code_challenge: '<code_verifier:1>' }, refused))
  expect(found?.actions[0]).toMatchObject({ changes: { pkce: 'S256' } })
})

it('pkce-plain-refused: says nothing of S256', () => {
  const asked = { code_challenge: 'c', code_challenge_method: 'S256' }
  expect(diagnosisBy('pkce-plain-refused', afterRedirect(asked, refused))).toBeUndefined()
})
