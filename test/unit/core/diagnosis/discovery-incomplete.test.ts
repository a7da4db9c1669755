import { expect, it } from 'vitest'
import { diagnosisBy } from './diagnosis-fixture.ts'
import { discovered, discovering } from './discovery-fixture.ts'

it('discovery-incomplete: lists what is there', () => {
  const found = diagnosisBy('discovery-incomplete', discovered(404, '{"issuer":"x","jwks_uri":"y"}'), discovering)
  expect(found?.evidence.at(-1)).toMatchObject({ event: '2', value: 'issuer, jwks_uri' })
})

it('discovery-incomplete: says nothing where one document is whole, or there is none', () => {
  const whole = discovered('{"issuer":"x"}', '{"issuer":"x","token_endpoint":"y"}')
  expect(diagnosisBy('discovery-incomplete', whole, discovering)).toBeUndefined()
  expect(diagnosisBy('discovery-incomplete', discovered(404), discovering)).toBeUndefined()
})
