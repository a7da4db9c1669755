import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, networkFailure } from './diagnosis-fixture.ts'

it('name-lookup-failed: shows the address and the code', () => {
  const found = diagnosisBy('name-lookup-failed', eventsOf(networkFailure('EAI_AGAIN')))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence.map(({ event, name, value }) => [event, name, value])).toContainEqual([
    '1',
    'code',
    'EAI_AGAIN',
  ])
  expect(found?.title).toContain('as.example')
  expect(found?.actions).toEqual([{ action: 'repeat' }])
})

it('name-lookup-failed: says nothing of another code', () => {
  expect(diagnosisBy('name-lookup-failed', eventsOf(networkFailure('ENOTFOUND')))).toBeUndefined()
})
