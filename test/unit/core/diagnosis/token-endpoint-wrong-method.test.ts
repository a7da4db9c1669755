import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, exchange } from './diagnosis-fixture.ts'

function answering(status: number) {
  return eventsOf(exchange({ response: { status, headers: [['Allow', 'GET, HEAD']] }, outcome: 'failed' }))
}

it('token-endpoint-wrong-method: shows the method and what the server takes', () => {
  const found = diagnosisBy('token-endpoint-wrong-method', answering(405))
  expect(found?.evidence.map(({ value }) => value)).toEqual(['POST', 'https://as.example/token', '405', 'GET, HEAD'])
})

it('token-endpoint-wrong-method: says nothing of another status', () => {
  expect(diagnosisBy('token-endpoint-wrong-method', answering(404))).toBeUndefined()
})
