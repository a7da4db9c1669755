import { expect, it } from 'vitest'
import { afterRedirect, redirectWith, shown, strayWith } from './authorization-fixture.ts'
import { contextOf, diagnosisBy, earlierFlow } from './diagnosis-fixture.ts'

const stray = strayWith('state', '/callback?code=1&state=%3Cstate%3A2%3E')

it('state-changed: shows both', () => {
  expect(shown(diagnosisBy('state-changed', afterRedirect({}, stray)))).toEqual(['<state:1>', '<state:2>'])
})

it('state-changed: leaves it to the rule that knows the other attempt', () => {
  const earlier = [earlierFlow(afterRedirect({ state: '<state:2>' }))]
  expect(diagnosisBy('state-changed', afterRedirect({}, stray), contextOf({ earlier }))).toBeUndefined()
  expect(diagnosisBy('state-changed', afterRedirect({}, stray, redirectWith(null)))).toBeUndefined()
})
