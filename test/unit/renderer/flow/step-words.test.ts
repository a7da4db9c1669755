import { expect, it } from 'vitest'
import { stepWords } from '../../../../renderer/flow/step-words.ts'
import { failedVisit } from '../../contract/flow/diagram/sample-events.ts'

it('says what the diagram shows of an event', () => {
  const words = (id: string, number?: number) => {
    const event = failedVisit.find((one) => one.id === id)
    return event && stepWords(event, number)
  }
  expect(words('token', 4)).toBe(
    'Step 4, Exchange the code for tokens, POST as.example/oauth/token, Grantdesk to Authorization server, status 400, 24 ms, failed',
  )
  expect(words('state')).toBe('state: as expected, succeeded')
  expect(words('wait')).toBe('Wait for the redirect, 31 s, succeeded')
})
