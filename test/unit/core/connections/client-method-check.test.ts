// What is recorded of a client's authentication method before anything is sent.
import { expect, it } from 'vitest'
import { checkClientMethod } from '../../../../core/connections/client-method-check.ts'
import type { CheckFacts } from '../../../../core/flows/recording.ts'
import { Secret } from '../../../../core/secret.ts'
import { clientWith, serviceWith } from '../diagnosis/authorization-fixture.ts'

function recorded(clientAuthentication: 'body' | 'basic' | 'basic-raw', secret: string): CheckFacts[] {
  const checks: CheckFacts[] = []
  const service = serviceWith({ clientAuthentication: { allowed: ['body', 'basic'], default: 'body' } })
  const [grant] = service.grants
  if (!grant) throw new Error('the service has no grant')
  const client = { ...clientWith('https://app.example/'), clientAuthentication }
  checkClientMethod({
    ...{ service, grant, client: client as never, clientSecret: new Secret(secret) },
    recording: { check: (facts: CheckFacts) => checks.push(facts) } as never,
  })
  return checks
}

it('says how HTTP Basic is spelled where that makes a difference', () => {
  const spelled = { which: 'basic_spelling', result: 'unconfirmed', reason: 'servers_differ' }
  expect(recorded('basic', 'p+q%41:r/s=')).toEqual([{ ...spelled, found: 'basic' }])
  expect(recorded('basic-raw', 'p+q')).toEqual([{ ...spelled, found: 'basic-raw' }])
})

it('says nothing where both spellings are one, or the secret stands in the body', () => {
  expect(recorded('basic', 'plain-secret_1.2')).toEqual([])
  expect(recorded('body', 'p+q')).toEqual([])
})
