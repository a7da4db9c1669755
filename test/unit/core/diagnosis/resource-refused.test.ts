import { expect, it } from 'vitest'
import { afterRedirect, redirectWith, refusedCodeFlow } from './authorization-fixture.ts'
import { diagnosisBy, refusal } from './diagnosis-fixture.ts'

it('resource-refused: shows the resource that was asked for', () => {
  const events = afterRedirect({ resource: 'https://api.example/' }, redirectWith('invalid_target'))
  expect(diagnosisBy('resource-refused', events)?.evidence[0]).toMatchObject({
    event: '1',
    value: 'https://api.example/',
  })
  const token = refusedCodeFlow(refusal('invalid_target'), { sent: { resource: 'https://api.example/v2' } })
  expect(diagnosisBy('resource-refused', token)?.evidence[0]).toMatchObject({
    event: '3',
    value: 'https://api.example/v2',
  })
})

it('resource-refused: says nothing of another refusal', () => {
  expect(diagnosisBy('resource-refused', afterRedirect({}, redirectWith('invalid_scope')))).toBeUndefined()
})
