import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, unanswered } from './diagnosis-fixture.ts'

function redirected(status: number, location: string) {
  return eventsOf(
    unanswered({ kind: 'redirected', host: 'as.example' }, { response: { status, headers: [['Location', location]] } }),
  )
}

it('captive-portal: is sure at 511, and likely where the way goes on without encryption', () => {
  expect(diagnosisBy('captive-portal', redirected(511, 'https://wifi.example/'))?.weight).toBe('cause')
  const found = diagnosisBy('captive-portal', redirected(302, 'http://wifi.example/login'))
  expect(found?.weight).toBe('likely')
  expect(found?.evidence.at(-1)).toMatchObject({ name: 'location', value: 'http://wifi.example/login' })
})

it('captive-portal: says nothing of a redirect to the same host, or to another over https', () => {
  expect(diagnosisBy('captive-portal', redirected(302, 'http://as.example/token/'))).toBeUndefined()
  expect(diagnosisBy('captive-portal', redirected(302, 'https://login.example/'))).toBeUndefined()
})
