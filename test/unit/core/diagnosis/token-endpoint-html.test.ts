import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, exchange } from './diagnosis-fixture.ts'

function answering(type: string, status = 200) {
  return eventsOf(exchange({ response: { status, headers: [['Content-Type', type]] } }))
}

it('token-endpoint-html: shows the address and the media type of a page', () => {
  const found = diagnosisBy('token-endpoint-html', answering('text/html; charset=utf-8'))
  expect(found?.evidence.map(({ name, value }) => [name, value])).toEqual([
    ['url', 'https://as.example/token'],
    ['status', '200'],
    ['content-type', 'text/html; charset=utf-8'],
  ])
})

it('token-endpoint-html: says nothing about JSON, or of a page whose status says more', () => {
  expect(diagnosisBy('token-endpoint-html', answering('application/json'))).toBeUndefined()
  expect(diagnosisBy('token-endpoint-html', answering('text/html', 404))).toBeUndefined()
  expect(diagnosisBy('token-endpoint-html', answering('text/html', 503))).toBeUndefined()
})
