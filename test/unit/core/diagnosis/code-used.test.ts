import { expect, it } from 'vitest'
import { codeRequest, refusedCodeFlow } from './authorization-fixture.ts'
import { contextOf, diagnosisBy, earlierFlow, eventsOf, exchange, refusal } from './diagnosis-fixture.ts'

it('code-used: shows where the code was sent before, in this flow', () => {
  const first = exchange({
    request: codeRequest(),
    response: null,
    outcome: 'failed',
    failure: { kind: 'timed_out', host: 'as.example' },
  })
  const found = diagnosisBy('code-used', refusedCodeFlow(refusal('invalid_grant'), { before: [first] }))
  expect(found?.evidence.slice(0, 2)).toMatchObject([{ event: '3' }, { event: '4' }])
})

it('code-used: finds it in an earlier flow', () => {
  const earlier = [earlierFlow(eventsOf(exchange({ request: codeRequest() })))]
  expect(diagnosisBy('code-used', refusedCodeFlow(), contextOf({ earlier }))?.evidence[0]?.name).toBe('sent at')
})

it('code-used: takes the server’s word for it, and says nothing otherwise', () => {
  expect(diagnosisBy('code-used', refusedCodeFlow(refusal('code_already_used')))).toBeDefined()
  expect(diagnosisBy('code-used', refusedCodeFlow())).toBeUndefined()
})
