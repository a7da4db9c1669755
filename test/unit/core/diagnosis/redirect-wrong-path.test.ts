import { expect, it } from 'vitest'
import { afterRedirect, redirectWith, shown, strayWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

const asked = { redirect_uri: 'http://127.0.0.1:8080/callback' }

it('redirect-wrong-path: marks where the paths differ', () => {
  const found = diagnosisBy('redirect-wrong-path', afterRedirect(asked, strayWith('path', '/callback/?code=1')))
  expect(found?.evidence.map(({ value }) => value)).toEqual(['/callback', '/callback/'])
  expect(shown(found)).toEqual(['', '/'])
})

it('redirect-wrong-path: says nothing of what browsers ask for on their own, or once the answer came', () => {
  expect(diagnosisBy('redirect-wrong-path', afterRedirect(asked, strayWith('path', '/robots.txt')))).toBeUndefined()
  const events = afterRedirect(asked, strayWith('path', '/callback/?code=1'), redirectWith(null))
  expect(diagnosisBy('redirect-wrong-path', events)).toBeUndefined()
})
