import { expect, it } from 'vitest'
import { afterRedirect, redirectWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

const asked = { prompt: 'select_account', scope: 'read' }

it('parameter-refused: leaves out the parameter that the server names', () => {
  const refused = redirectWith('invalid_request', 'unsupported value of prompt')
  const found = diagnosisBy('parameter-refused', afterRedirect(asked, refused))
  expect(found?.evidence[0]).toMatchObject({ event: '1', name: 'prompt', value: 'select_account' })
  expect(found?.actions[0]).toMatchObject({ changes: { parameters: { prompt: '' } } })
})

it('parameter-refused: says less where only the code tells', () => {
  const found = diagnosisBy('parameter-refused', afterRedirect(asked, redirectWith('request_not_supported')))
  expect(found?.actions[0]).toMatchObject({ changes: {} })
})

it('parameter-refused: says nothing of parameters that every request has', () => {
  const refused = redirectWith('invalid_request', 'unsupported value of scope')
  expect(diagnosisBy('parameter-refused', afterRedirect(asked, refused))).toBeUndefined()
})
