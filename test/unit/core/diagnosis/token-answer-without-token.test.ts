import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, exchange } from './diagnosis-fixture.ts'

function answering(body: string, type = 'application/json', truncated = false) {
  const response = { body, headers: [['content-type', type]] as [string, string][], truncated }
  return eventsOf(exchange({ response }))
}

it('token-answer-without-token: lists the members, or the media type of what is not JSON', () => {
  const found = diagnosisBy('token-answer-without-token', answering('{"jwt":"x","user":{"id":1}}'))
  expect(found?.evidence.at(-1)).toMatchObject({ name: 'members', value: 'jwt, user.id' })
  const text = diagnosisBy('token-answer-without-token', answering('hello there', 'text/plain'))
  expect(text?.evidence.at(-1)).toMatchObject({ name: 'content-type', value: 'text/plain' })
})

it.each([
  ['a token', '{"access_token":"<access_token:ab>"}', 'application/json'],
  ['a form with a token', 'access_token=<access_token:ab>&scope=a', 'text/plain'],
  ['a token elsewhere', '{"data":{"access_token":"<access_token:ab>"}}', 'application/json'],
  ['a refusal', '{"error":"bad_verification_code"}', 'application/json'],
  ['a page', '<html>', 'text/html'],
  ['nothing', '', 'application/json'],
])('token-answer-without-token: says nothing of %s', (_what, body, type) => {
  expect(diagnosisBy('token-answer-without-token', answering(body, type))).toBeUndefined()
})

it('token-answer-without-token: says nothing where only the beginning was recorded', () => {
  expect(diagnosisBy('token-answer-without-token', answering('{"a":1}', 'application/json', true))).toBeUndefined()
})
