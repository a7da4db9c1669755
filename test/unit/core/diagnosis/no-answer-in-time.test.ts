import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, networkFailure, unanswered } from './diagnosis-fixture.ts'

const failure = { kind: 'timed_out', host: 'as.example', afterMs: 30_000 }

it('no-answer-in-time: says how long it waited', () => {
  const found = diagnosisBy('no-answer-in-time', eventsOf(unanswered(failure)))
  expect(found?.evidence.map(({ value }) => value)).toEqual(['https://as.example/token', '30000 ms'])
})

it('no-answer-in-time: tells an answer that had begun', () => {
  const begun = unanswered(failure, { response: { status: 200 } })
  const [none, half] = [unanswered(failure), begun].map((one) => diagnosisBy('no-answer-in-time', eventsOf(one))?.title)
  expect(half).not.toBe(none)
})

it('no-answer-in-time: says nothing where the network said something', () => {
  expect(diagnosisBy('no-answer-in-time', eventsOf(networkFailure('ECONNREFUSED')))).toBeUndefined()
})
