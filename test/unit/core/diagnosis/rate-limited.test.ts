import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, exchange } from './diagnosis-fixture.ts'
import { apiAnswer } from './known-fixture.ts'

it('rate-limited: says when the API takes requests again', () => {
  const found = diagnosisBy(
    'rate-limited',
    eventsOf(apiAnswer(429, { 'Retry-After': '7', 'X-RateLimit-Remaining': '0' })),
  )
  expect(found?.evidence.map(({ name }) => name)).toEqual(['status', 'Retry-After', 'X-RateLimit-Remaining'])
  expect(found?.explanation).toContain('7 s')
})

it('rate-limited: reads an epoch, and says so where nothing is said', () => {
  // The event is of the first second of 1970.
  const reset = Math.round(1_000 / 1_000) + 120
  const said = diagnosisBy('rate-limited', eventsOf(apiAnswer(429, { 'RateLimit-Reset': String(reset) })))
  expect(said?.explanation).toContain('3 min')
  expect(diagnosisBy('rate-limited', eventsOf(apiAnswer(429)))?.explanation).toMatch(/does not say/)
})

it('rate-limited: is told of a 403 by its headers', () => {
  for (const headers of [{ 'X-RateLimit-Remaining': '0' }, { 'Retry-After': '60' }] as Record<string, string>[]) {
    const events = eventsOf(apiAnswer(403, headers))
    expect(diagnosisBy('rate-limited', events)?.weight).toBe('cause')
    expect(diagnosisBy('api-forbidden', events)).toBeUndefined()
  }
  expect(diagnosisBy('rate-limited', eventsOf(apiAnswer(403, { 'X-RateLimit-Remaining': '12' })))).toBeUndefined()
})

it('rate-limited: says nothing of a request that was answered after one that was not', () => {
  expect(diagnosisBy('rate-limited', eventsOf(exchange({ response: { status: 429 } }), exchange({})))).toBeUndefined()
})
