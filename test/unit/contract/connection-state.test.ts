import { expect, it } from 'vitest'
import { connectionState } from '../../../contract/connection-state.ts'
import { stateWords } from '../../../headless/words.ts'
import { sampleConnection } from '../headless/sample-connection.ts'

const now = 1_700_000_000_000
const hour = 3_600_000

const accepted = (outcome: 'unverified' | 'still_works', worksUntil: number | null) =>
  sampleConnection({
    expiresAt: now - 1,
    status: { kind: 'revocation_accepted', revocation: { at: now, outcome, worksUntil, page: null, words: '' } },
  })

it.each([
  ['unverified', null, 'revocation_unverified', 'revocation not verified'],
  ['still_works', now + hour, 'still_works', /^still works until \d{4}-\d\d-\d\d \d\d:\d\d$/],
  ['still_works', null, 'still_works', 'still works'],
  ['still_works', now, 'revocation_unverified', 'revocation not verified'],
] as const)('an accepted revocation (%s, until %s) is %s', (outcome, until, state, words) => {
  const connection = accepted(outcome, until)
  expect(connectionState(connection, now)).toBe(state)
  expect(stateWords(connection, now)).toEqual(typeof words === 'string' ? words : expect.stringMatching(words))
})
