import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf, exchange } from './diagnosis-fixture.ts'

/** An answer with this date, to a request that was sent at 1 000 000 ms and answered 200 ms later. */
function answering(theirs: number, headers: [string, string][] = [], waiting: number | null = 200) {
  const date: [string, string] = ['Date', new Date(theirs).toUTCString()]
  return { ...exchange({ response: { headers: [date, ...headers] } }), at: 1_000_000, timing: { waiting } }
}
const expired = { kind: 'check', which: 'id_token_expiry', found: -400, result: 'failed', reason: 'ended' }
const succeeded = contextOf({ flow: { outcome: 'succeeded' } })

it('clock-skew: is odd by itself, and the cause of a token that seems to have ended', () => {
  const ahead = answering(700_000)
  const odd = diagnosisBy('clock-skew', eventsOf(ahead), succeeded)
  expect([odd?.weight, odd?.title]).toEqual(['odd', expect.stringMatching(/5 min ahead/)])
  expect(diagnosisBy('clock-skew', eventsOf(ahead, expired))?.weight).toBe('cause')
  expect(diagnosisBy('id-token-expired', eventsOf(ahead, expired))).toBeUndefined()
})

it('clock-skew: tells a clock that is behind', () => {
  expect(diagnosisBy('clock-skew', eventsOf(answering(1_300_000)), succeeded)?.title).toMatch(/behind/)
})

it.each([
  ['clocks that agree', answering(1_000_000)],
  ['a minute, which no server minds', answering(942_000)],
  ['an answer from a cache', answering(700_000, [['Age', '300']])],
  ['a request that was never answered', answering(700_000, [], null)],
])('clock-skew: says nothing of %s', (_what, answer) => {
  expect(diagnosisBy('clock-skew', eventsOf(answer), succeeded)).toBeUndefined()
})
