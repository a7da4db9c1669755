import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, networkFailure } from './diagnosis-fixture.ts'

it('name-unknown: shows the address and the code', () => {
  const found = diagnosisBy('name-unknown', eventsOf(networkFailure('ENOTFOUND')))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence.map(({ event, name, value }) => [event, name, value])).toContainEqual([
    '1',
    'code',
    'ENOTFOUND',
  ])
  expect(found?.title).toContain('as.example')
  expect(found?.actions).toContainEqual({ action: 'proxy_settings' })
})

it('name-unknown: says nothing of another code', () => {
  expect(diagnosisBy('name-unknown', eventsOf(networkFailure('EAI_AGAIN')))).toBeUndefined()
})
