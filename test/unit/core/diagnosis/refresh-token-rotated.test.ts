import { expect, it } from 'vitest'
import { diagnosisBy } from './diagnosis-fixture.ts'
import { after, refreshed, refused, rotated } from './refresh-fixture.ts'

const came = refreshed(3_000, 'A', 'B')

it('refresh-token-rotated: says since when it is here', () => {
  const found = diagnosisBy('refresh-token-rotated', refused('B'), after([came, rotated]))
  expect(found?.weight).toBe('likely')
  expect(found?.evidence[0]).toMatchObject({ name: 'it came at', value: '1970-01-01T00:00:03.000Z' })
})

it('refresh-token-rotated: says nothing where the server does not replace them, or it was used from here', () => {
  expect(diagnosisBy('refresh-token-rotated', refused('B'), after([came]))).toBeUndefined()
  const used = after([came, rotated, refreshed(5_000, 'B', null)])
  expect(diagnosisBy('refresh-token-rotated', refused('B'), used)).toBeUndefined()
})
