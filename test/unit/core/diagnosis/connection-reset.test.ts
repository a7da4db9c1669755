import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, networkFailure } from './diagnosis-fixture.ts'

it('connection-reset: shows the address and the code', () => {
  const found = diagnosisBy('connection-reset', eventsOf(networkFailure('UND_ERR_SOCKET')))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence.map(({ event, name, value }) => [event, name, value])).toContainEqual([
    '1',
    'code',
    'UND_ERR_SOCKET',
  ])
  expect(found?.title).toContain('as.example')
  expect(found?.actions).toEqual([{ action: 'repeat' }])
})

it('connection-reset: says nothing of another code', () => {
  expect(diagnosisBy('connection-reset', eventsOf(networkFailure('ECONNREFUSED')))).toBeUndefined()
})
