import { expect, it } from 'vitest'
import { afterRedirect, shown, strayWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

const asked = { redirect_uri: 'http://127.0.0.1:8080/callback' }
const request = { method: 'GET', url: '/callback?code=1', headers: [['Host', 'localhost:8080']] }

it('redirect-wrong-host: shows the redirect URI and the Host header', () => {
  const found = diagnosisBy('redirect-wrong-host', afterRedirect(asked, strayWith('host', '', { request })))
  expect(shown(found)).toEqual([asked.redirect_uri, 'localhost:8080'])
})

it('redirect-wrong-host: says nothing of requests that are no answer', () => {
  const other = { ...request, url: '/favicon.png' }
  expect(
    diagnosisBy('redirect-wrong-host', afterRedirect(asked, strayWith('host', '', { request: other }))),
  ).toBeUndefined()
})
