import { expect, it } from 'vitest'
import { clientWith, refusedRedirect, shown, unansweredRedirect } from './authorization-fixture.ts'
import { contextOf, diagnosisBy } from './diagnosis-fixture.ts'

const sent = 'https://app.example/callback'
const client = clientWith('https://app.example/callback/')

it('redirect-uri-trailing-slash: marks where the two differ', () => {
  const found = diagnosisBy('redirect-uri-trailing-slash', refusedRedirect(sent), contextOf({ client }))
  expect(found?.weight).toBe('cause')
  expect(shown(found)?.slice(0, 2)).toEqual(['', '/'])
})

it('redirect-uri-trailing-slash: is likely where the browser never came back', () => {
  expect(
    diagnosisBy('redirect-uri-trailing-slash', unansweredRedirect(sent, 'cancelled'), contextOf({ client }))?.weight,
  ).toBe('likely')
})

it('redirect-uri-trailing-slash: says nothing of the registered one, or of another difference', () => {
  const registered = contextOf({ client: clientWith(sent) })
  expect(diagnosisBy('redirect-uri-trailing-slash', refusedRedirect(sent), registered)).toBeUndefined()
  const other = contextOf({ client: clientWith('https://app.example/back') })
  expect(diagnosisBy('redirect-uri-trailing-slash', refusedRedirect(sent), other)).toBeUndefined()
})
