import { expect, it } from 'vitest'
import { afterRedirect, redirectWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

const asked = { code_challenge: 'c', code_challenge_method: 'S256' }

it('pkce-refused: offers plain before no PKCE at all', () => {
  const refused = redirectWith('invalid_request', 'Unknown parameter: code_challenge')
  const found = diagnosisBy('pkce-refused', afterRedirect(asked, refused))
  expect(found?.actions).toMatchObject([{ changes: { pkce: 'plain' } }, { changes: { pkce: 'off' } }])
})

it('pkce-refused: takes the flow’s own check for it, too', () => {
  const check = { kind: 'check', which: 'pkce', found: 'S256', result: 'failed', reason: 'refused_by_server' }
  expect(diagnosisBy('pkce-refused', afterRedirect(asked, redirectWith('invalid_request'), check))).toBeDefined()
  expect(diagnosisBy('pkce-refused', afterRedirect(asked, redirectWith('invalid_request')))).toBeUndefined()
})
