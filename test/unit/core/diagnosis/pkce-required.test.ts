import { expect, it } from 'vitest'
import { afterRedirect, redirectWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

const refused = redirectWith('invalid_request', 'Missing parameter: code_challenge_method')

it('pkce-required: connects again with S256', () => {
  const found = diagnosisBy('pkce-required', afterRedirect({}, refused))
  expect(found?.actions[0]).toMatchObject({ action: 'reconnect', changes: { pkce: 'S256' } })
})

it('pkce-required: says nothing where PKCE was sent, or the refusal is about something else', () => {
  const asked = { code_challenge: 'c', code_challenge_method: 'S256' }
  expect(diagnosisBy('pkce-required', afterRedirect(asked, refused))).toBeUndefined()
  expect(diagnosisBy('pkce-required', afterRedirect({}, redirectWith('invalid_request')))).toBeUndefined()
})
