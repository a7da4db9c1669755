import { expect, it } from 'vitest'
import { afterRedirect, redirectWith, strayWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

const stray = strayWith('unproven_error', '/callback?error=access_denied', { error: 'access_denied' })

it('error-without-state: is odd beside the error itself', () => {
  const found = diagnosisBy('error-without-state', afterRedirect({}, stray))
  expect(found?.weight).toBe('odd')
  expect(diagnosisBy('consent-refused', afterRedirect({}, stray))?.weight).toBe('cause')
})

it('error-without-state: says nothing where the error came with state', () => {
  expect(diagnosisBy('error-without-state', afterRedirect({}, redirectWith('access_denied')))).toBeUndefined()
})
