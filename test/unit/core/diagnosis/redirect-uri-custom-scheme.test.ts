import { expect, it } from 'vitest'
import { refusedRedirect, unansweredRedirect } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

it('redirect-uri-custom-scheme: offers a redirect URI on this machine', () => {
  const found = diagnosisBy('redirect-uri-custom-scheme', refusedRedirect('com.example.app:/callback'))
  expect(found?.weight).toBe('cause')
  expect(found?.actions[0]).toMatchObject({ action: 'reconnect', changes: { redirect: { mode: 'ephemeral' } } })
  expect(diagnosisBy('redirect-uri-not-registered', refusedRedirect('com.example.app:/callback'))).toBeUndefined()
})

it('redirect-uri-custom-scheme: says nothing of http, or where nothing was refused', () => {
  expect(diagnosisBy('redirect-uri-custom-scheme', refusedRedirect('http://127.0.0.1/callback'))).toBeUndefined()
  expect(diagnosisBy('redirect-uri-custom-scheme', unansweredRedirect('com.example.app:/callback'))).toBeUndefined()
})
