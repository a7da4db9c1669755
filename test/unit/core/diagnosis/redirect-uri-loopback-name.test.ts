import { expect, it } from 'vitest'
import { clientWith, refusedRedirect, shown, unansweredRedirect } from './authorization-fixture.ts'
import { contextOf, diagnosisBy } from './diagnosis-fixture.ts'

const sent = 'http://localhost:8080/callback'
const client = clientWith('http://127.0.0.1:8080/callback')

it('redirect-uri-loopback-name: marks where the two differ', () => {
  const found = diagnosisBy('redirect-uri-loopback-name', refusedRedirect(sent), contextOf({ client }))
  expect(found?.weight).toBe('cause')
  expect(shown(found)?.slice(0, 2)).toEqual(['localhost', '127.0.0.1'])
})

it('redirect-uri-loopback-name: is likely where the browser never came back', () => {
  expect(
    diagnosisBy('redirect-uri-loopback-name', unansweredRedirect(sent, 'cancelled'), contextOf({ client }))?.weight,
  ).toBe('likely')
})

it('redirect-uri-loopback-name: says nothing of the registered one, or of another difference', () => {
  const registered = contextOf({ client: clientWith(sent) })
  expect(diagnosisBy('redirect-uri-loopback-name', refusedRedirect(sent), registered)).toBeUndefined()
  const other = contextOf({ client: clientWith('http://localhost:8081/callback') })
  expect(diagnosisBy('redirect-uri-loopback-name', refusedRedirect(sent), other)).toBeUndefined()
})
