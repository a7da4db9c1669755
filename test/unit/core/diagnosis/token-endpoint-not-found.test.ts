import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf, exchange } from './diagnosis-fixture.ts'
import { serviceWith } from './known-fixture.ts'

function answering(status: number, url = 'https://as.example/oauth/token') {
  return eventsOf(exchange({ request: { url }, response: { status }, outcome: 'failed' }))
}

it('token-endpoint-not-found: marks the path, and proposes it with or without a slash', () => {
  const found = diagnosisBy('token-endpoint-not-found', answering(404), contextOf({ service: serviceWith() }))
  const [url] = found?.evidence ?? []
  expect(url?.value.slice(...(url.marked ?? []))).toBe('/oauth/token')
  expect(found?.actions).toEqual([{ action: 'edit_service', serviceId: 'acme' }])
  const withSlash = diagnosisBy('token-endpoint-not-found', answering(404, 'https://as.example/oauth/token/'))
  expect(withSlash?.remedy).not.toBe(found?.remedy)
})

it('token-endpoint-not-found: says nothing of another status', () => {
  expect(diagnosisBy('token-endpoint-not-found', answering(400))).toBeUndefined()
})
