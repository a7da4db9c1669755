import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, exchange } from './diagnosis-fixture.ts'

function answering(status: number, purpose: { kind: string; [fact: string]: unknown } | undefined = undefined) {
  const response = { status, headers: [['Retry-After', '90']] as [string, string][] }
  return eventsOf(exchange({ response, outcome: 'failed', ...(purpose ? { purpose } : {}) }))
}

it('token-endpoint-trouble: says when to try again', () => {
  const found = diagnosisBy('token-endpoint-trouble', answering(503))
  expect(found?.evidence.map(({ value }) => value)).toEqual(['503', '90'])
  expect(found?.remedy).toContain('90 s')
})

it('token-endpoint-trouble: does not trust a 500 to a refresh token', () => {
  const refresh = answering(500, { kind: 'refresh', with: 'refresh_token' })
  expect(diagnosisBy('token-endpoint-trouble', refresh)?.remedy).toMatch(/connect again/)
  expect(diagnosisBy('token-endpoint-trouble', answering(500))?.remedy).not.toMatch(/connect again/)
})

it('token-endpoint-trouble: says nothing of a refusal', () => {
  expect(diagnosisBy('token-endpoint-trouble', answering(400))).toBeUndefined()
})
