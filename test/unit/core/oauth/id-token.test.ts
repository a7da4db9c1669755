import { expect, it } from 'vitest'
import type { EventOf } from '../../../../contract/flow/event.ts'
import { readIdToken } from '../../../../core/oauth/id-token.ts'
import { Problem } from '../../../../core/problem.ts'

const now = 1_700_000_000

async function read(claims: Record<string, unknown>, isRequired = true) {
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const jwt = `${encoded({ alg: 'none' })}.${encoded({ iss: 'https://as.example', aud: 'app', exp: now + 60, ...claims })}.`
  const checks: Partial<EventOf<'check'>>[] = []
  const at = { check: (facts: (typeof checks)[number]) => void checks.push(facts), now: () => now * 1_000 }
  const expected = {
    ...{ issuer: 'https://as.example', clientId: 'app', clientSecret: null, nonce: null, subject: null, isRequired },
  }
  const token = await readIdToken(jwt, expected, at).catch((error: unknown) => error)
  return { token, begins: checks.find(({ which }) => which === 'id_token_not_before') }
}

it('an ID token that begins later is refused', async () => {
  const { token, begins } = await read({ nbf: now + 600 })
  expect(token).toBeInstanceOf(Problem)
  expect(begins).toMatchObject({ found: 600, result: 'failed', reason: 'not_yet' })
  expect((await read({ nbf: now + 600 }, false)).token).toBeNull()
})

it('an ID token that was issued later is taken, and that is recorded', async () => {
  const { token, begins } = await read({ iat: now + 600 })
  expect(token).toMatchObject({ claims: { iat: now + 600 } })
  expect(begins).toMatchObject({ found: 600, result: 'unconfirmed' })
})

it('clocks may differ by five minutes', async () => {
  const { token, begins } = await read({ nbf: now + 290, iat: now + 290 })
  expect(token).toMatchObject({ claims: { nbf: now + 290 } })
  expect(begins).toBeUndefined()
})
