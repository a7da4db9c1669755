import { expect, it } from 'vitest'
import { afterRedirect, redirectWith, strayWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

it('answer-in-fragment: is likely where the browser came with nothing', () => {
  expect(diagnosisBy('answer-in-fragment', afterRedirect({}, strayWith('empty')))?.weight).toBe('likely')
})

it('answer-in-fragment: says nothing where the page handed the answer over', () => {
  expect(diagnosisBy('answer-in-fragment', afterRedirect({}, strayWith('empty'), redirectWith(null)))).toBeUndefined()
})
