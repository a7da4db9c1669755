import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, networkFailure } from './diagnosis-fixture.ts'

it('connection-refused: shows the address and the code', () => {
  const found = diagnosisBy('connection-refused', eventsOf(networkFailure('ECONNREFUSED')))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence.map(({ event, name, value }) => [event, name, value])).toContainEqual([
    '1',
    'code',
    'ECONNREFUSED',
  ])
  expect(found?.title).toContain('as.example')
  expect(found?.actions).toEqual([{ action: 'repeat' }])
})

it('connection-refused: says nothing of another code', () => {
  expect(diagnosisBy('connection-refused', eventsOf(networkFailure('ECONNRESET')))).toBeUndefined()
})
