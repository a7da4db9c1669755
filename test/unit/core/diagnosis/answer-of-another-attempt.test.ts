import { expect, it } from 'vitest'
import { afterRedirect, shown, strayWith } from './authorization-fixture.ts'
import { contextOf, diagnosisBy, earlierFlow } from './diagnosis-fixture.ts'

const stray = strayWith('state', '/callback?code=1&state=%3Cstate%3A2%3E')
const earlier = [earlierFlow(afterRedirect({ state: '<state:2>' }))]

it('answer-of-another-attempt: finds the attempt whose state came', () => {
  const found = diagnosisBy('answer-of-another-attempt', afterRedirect({}, stray), contextOf({ earlier }))
  expect(shown(found)).toEqual(['<state:1>', '<state:2>', '1970-01-01T00:00:00.000Z'])
})

it('answer-of-another-attempt: says nothing of a state that nobody here sent', () => {
  expect(diagnosisBy('answer-of-another-attempt', afterRedirect({}, stray))).toBeUndefined()
})
