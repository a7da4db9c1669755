import { expect, it } from 'vitest'
import { afterRedirect, shown, strayWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

it('answer-form-unreadable: shows the media type', () => {
  const request = { method: 'POST', url: '/callback', headers: [['Content-Type', 'application/json']] }
  const found = diagnosisBy(
    'answer-form-unreadable',
    afterRedirect({}, strayWith('form', '', { request, status: 415 })),
  )
  expect(shown(found)).toEqual(['application/json', '415'])
})

it('answer-form-unreadable: says nothing of other strays', () => {
  expect(diagnosisBy('answer-form-unreadable', afterRedirect({}, strayWith('empty')))).toBeUndefined()
})
