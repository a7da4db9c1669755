import { expect, it } from 'vitest'
import { diagnosisBy } from './diagnosis-fixture.ts'
import { after, refreshed, refused } from './refresh-fixture.ts'

const came = refreshed(3_000, 'A', 'B')

it('refresh-family-revoked: says when the older one was used', () => {
  const context = after([came, refreshed(6_000, 'A', null)])
  const found = diagnosisBy('refresh-family-revoked', refused('B'), context)
  expect(found?.evidence[0]).toMatchObject({ name: 'older one used at', value: '1970-01-01T00:00:06.000Z' })
})

it('refresh-family-revoked: says nothing where it was used before', () => {
  expect(diagnosisBy('refresh-family-revoked', refused('B'), after([came]))).toBeUndefined()
})
