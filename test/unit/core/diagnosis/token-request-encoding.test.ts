import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, exchange, form, refusal } from './diagnosis-fixture.ts'

const request = form({ grant_type: 'authorization_code', code: '<code:ab>' })

it('token-request-encoding: knows it by 415, and by a parameter that was sent and is missed', () => {
  const sure = diagnosisBy('token-request-encoding', eventsOf(exchange({ request, response: { status: 415 } })))
  expect(sure?.weight).toBe('cause')
  expect(sure?.evidence[0]?.value).toBe('application/x-www-form-urlencoded')
  const missed = refusal('invalid_request', 'The grant_type parameter is missing.')
  expect(diagnosisBy('token-request-encoding', eventsOf(exchange({ request, response: missed })))?.weight).toBe(
    'likely',
  )
})

it('token-request-encoding: says nothing where the parameter was not sent, or the refusal is about its value', () => {
  const missed = refusal('invalid_request', 'Missing required parameter: redirect_uri')
  expect(diagnosisBy('token-request-encoding', eventsOf(exchange({ request, response: missed })))).toBeUndefined()
  const bad = refusal('invalid_grant', 'The code is not good.')
  expect(diagnosisBy('token-request-encoding', eventsOf(exchange({ request, response: bad })))).toBeUndefined()
  const client = refusal('invalid_client', 'The grant_type parameter is missing.', 401)
  expect(diagnosisBy('token-request-encoding', eventsOf(exchange({ request, response: client })))).toBeUndefined()
})
