import { expect, it } from 'vitest'
import { accepted, authenticatedBy, refusedToken, shown } from './authorization-fixture.ts'
import { contextOf, diagnosisBy } from './diagnosis-fixture.ts'

const before = contextOf({ earlier: [accepted(authenticatedBy.body('<client_secret:1>'))] })

it('client-secret-replaced: shows both secrets by their pseudonyms', () => {
  const found = diagnosisBy('client-secret-replaced', refusedToken(authenticatedBy.basic('<client_secret:2>')), before)
  expect(shown(found)?.slice(0, 2)).toEqual(['<client_secret:2>', '<client_secret:1>'])
})

it('client-secret-replaced: says nothing of the secret that worked', () => {
  expect(diagnosisBy('client-secret-replaced', refusedToken(authenticatedBy.body()), before)).toBeUndefined()
})
