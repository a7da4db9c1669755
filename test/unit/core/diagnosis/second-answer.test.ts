import { expect, it } from 'vitest'
import { afterRedirect, redirectWith, shown, strayWith } from './authorization-fixture.ts'
import { contextOf, diagnosisBy } from './diagnosis-fixture.ts'

const first = { ...redirectWith(null), parameters: [['code', '<code:1>']] }

it('second-answer: is odd, even where the flow succeeded', () => {
  const events = afterRedirect({}, first, strayWith('second_answer', '/callback?code=%3Ccode%3A2%3E'))
  const found = diagnosisBy('second-answer', events, contextOf({ flow: { outcome: 'succeeded' } }))
  expect([found?.weight, ...(shown(found) ?? [])]).toEqual(['odd', '<code:1>', '<code:2>'])
})

it('second-answer: says nothing of the same answer again: browsers reload and prefetch', () => {
  expect(diagnosisBy('second-answer', afterRedirect({}, first, strayWith('replay')))).toBeUndefined()
})
