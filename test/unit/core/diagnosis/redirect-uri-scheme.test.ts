import { expect, it } from 'vitest'
import { clientWith, refusedRedirect, shown, unansweredRedirect } from './authorization-fixture.ts'
import { contextOf, diagnosisBy } from './diagnosis-fixture.ts'

const sent = 'http://app.example/callback'
const client = clientWith('https://app.example/callback')

it('redirect-uri-scheme: marks where the two differ', () => {
  const found = diagnosisBy('redirect-uri-scheme', refusedRedirect(sent), contextOf({ client }))
  expect(found?.weight).toBe('cause')
  expect(shown(found)?.slice(0, 2)).toEqual(['', 's'])
})

it('redirect-uri-scheme: is likely where the browser never came back', () => {
  expect(diagnosisBy('redirect-uri-scheme', unansweredRedirect(sent, 'cancelled'), contextOf({ client }))?.weight).toBe(
    'likely',
  )
})

it('redirect-uri-scheme: says nothing of the registered one, or of another difference', () => {
  const registered = contextOf({ client: clientWith(sent) })
  expect(diagnosisBy('redirect-uri-scheme', refusedRedirect(sent), registered)).toBeUndefined()
  const other = contextOf({ client: clientWith('http://app.example/Callback') })
  expect(diagnosisBy('redirect-uri-scheme', refusedRedirect(sent), other)).toBeUndefined()
})
