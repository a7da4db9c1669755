import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'
import { apiAnswer, connectionWith } from './known-fixture.ts'

it('api-not-found: marks the path, and says for whom', () => {
  const found = diagnosisBy('api-not-found', eventsOf(apiAnswer(404)), contextOf({ connection: connectionWith() }))
  const [url] = found?.evidence ?? []
  expect(url?.value.slice(...(url.marked ?? []))).toBe('/things')
  expect(found?.title).toContain('Ada')
})

it('api-not-found: says nothing of another refusal', () => {
  expect(diagnosisBy('api-not-found', eventsOf(apiAnswer(403)))).toBeUndefined()
})
