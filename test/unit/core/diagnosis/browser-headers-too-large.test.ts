import { expect, it } from 'vitest'
import { afterRedirect, strayWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

it('browser-headers-too-large: is read off the status', () => {
  const events = afterRedirect({}, strayWith('unreadable', '', { status: 431, request: null }))
  expect(diagnosisBy('browser-headers-too-large', events)?.weight).toBe('cause')
})

it('browser-headers-too-large: says nothing of what is unreadable otherwise', () => {
  const events = afterRedirect({}, strayWith('unreadable', '', { status: 400, request: null }))
  expect(diagnosisBy('browser-headers-too-large', events)).toBeUndefined()
})
