import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, exchange, form, refusal } from './diagnosis-fixture.ts'
import { after, refused } from './refresh-fixture.ts'

it('refresh-not-offered: tells the server from the client', () => {
  const server = diagnosisBy('refresh-not-offered', refused('A', refusal('unsupported_grant_type')), after([]))
  const client = diagnosisBy('refresh-not-offered', refused('A', refusal('unauthorized_client')), after([]))
  expect(server?.evidence[0]).toMatchObject({ name: 'grant_type', value: 'refresh_token' })
  expect(server?.title).not.toBe(client?.title)
})

it('refresh-not-offered: says nothing of another grant, or another refusal', () => {
  const request = form({ grant_type: 'authorization_code' })
  const code = eventsOf(exchange({ request, response: refusal('unsupported_grant_type'), outcome: 'failed' }))
  expect(diagnosisBy('refresh-not-offered', code)).toBeUndefined()
  expect(diagnosisBy('refresh-not-offered', refused('A'), after([]))).toBeUndefined()
})
