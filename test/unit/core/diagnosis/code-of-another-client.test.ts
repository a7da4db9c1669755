import { expect, it } from 'vitest'
import { refusedCodeFlow, shown } from './authorization-fixture.ts'
import { diagnosisBy, refusal } from './diagnosis-fixture.ts'

it('code-of-another-client: compares the two client ids', () => {
  const found = diagnosisBy(
    'code-of-another-client',
    refusedCodeFlow(refusal('invalid_grant'), { sent: { client_id: 'other' } }),
  )
  expect(shown(found)?.slice(0, 2)).toEqual(['app', 'other'])
})

it('code-of-another-client: takes the server’s word for it, and says nothing otherwise', () => {
  const said = refusal('invalid_request', 'Authorization code was not issued to this client')
  expect(diagnosisBy('code-of-another-client', refusedCodeFlow(said))).toBeDefined()
  expect(diagnosisBy('code-of-another-client', refusedCodeFlow())).toBeUndefined()
})
