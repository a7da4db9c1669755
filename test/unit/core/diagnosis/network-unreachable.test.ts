import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, networkFailure } from './diagnosis-fixture.ts'

it('network-unreachable: shows the address and the code', () => {
  const found = diagnosisBy('network-unreachable', eventsOf(networkFailure('EHOSTUNREACH')))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence.map(({ event, name, value }) => [event, name, value])).toContainEqual([
    '1',
    'code',
    'EHOSTUNREACH',
  ])
  expect(found?.title).toContain('as.example')
  expect(found?.actions).toEqual([{ action: 'repeat' }])
})

it('network-unreachable: says nothing of another code', () => {
  expect(diagnosisBy('network-unreachable', eventsOf(networkFailure('ECONNREFUSED')))).toBeUndefined()
})
