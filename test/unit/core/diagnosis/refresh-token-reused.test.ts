import { expect, it } from 'vitest'
import { diagnosisBy } from './diagnosis-fixture.ts'
import { after, refreshed, refused } from './refresh-fixture.ts'

it('refresh-token-reused: says when it was used first, whatever each flow called it', () => {
  const context = after([refreshed(3_000, 'A', 'B')])
  for (const label of ['refresh_token', 'previous_refresh_token']) {
    const found = diagnosisBy('refresh-token-reused', refused('A', undefined, label), context)
    expect(found?.evidence[1]).toMatchObject({ name: 'first used at', value: '1970-01-01T00:00:03.000Z' })
  }
})

it('refresh-token-reused: says nothing where the answer brought none, or the same', () => {
  for (const brought of [null, 'A']) {
    const context = after([refreshed(3_000, 'A', brought)])
    expect(diagnosisBy('refresh-token-reused', refused('A'), context)).toBeUndefined()
  }
})
