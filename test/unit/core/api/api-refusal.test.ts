import { expect, it } from 'vitest'
import { apiRefusal, refusalInWords } from '../../../../core/api/api-refusal.ts'
import { Secret } from '../../../../core/secret.ts'

const expired = 'Bearer realm="Redmine", error="invalid_token", error_description="The access token expired"'

const explained = (status: number, body = '', headers: Record<string, string> = {}, opensIn: number | null = null) =>
  refusalInWords({ status, headers: new Headers(headers), received: new Headers(headers), body, opensIn })

it.each([
  [401, '', { 'www-authenticate': expired }, 'The server says: The access token expired (invalid_token).'],
  [401, '{"message":"Unauthenticated."}', {}, 'The server says: Unauthenticated. Refresh it'],
  [403, '{"detail":"Given API token is not valid"}', {}, 'The server says: Given API token is not valid.'],
  [402, '{"type":"x","code":"payment_required","detail":"Upgrade"}', {}, 'The service asks for payment.'],
  [429, '{"error_code":5900,"error_message":"RATE_LIMIT_EXCEEDED"}', {}, 'RATE_LIMIT_EXCEEDED'],
  [422, '{"errors":["Subject cannot be blank"]}', {}, 'The server says: Subject cannot be blank.'],
  [500, '<h1>Bad gateway</h1>', {}, 'The server says: Bad gateway.'],
])('%i %s is explained in the server’s own words', (status, body, headers, words) => {
  expect(explained(status, body, headers)).toContain(words)
})

it('does not claim that a token is known where the API answers 403, nor that it is not', () => {
  const words = explained(403)
  expect(words).not.toContain('is known')
  expect(words).toMatch(/scope or a permission.*does not know or that has ended.*switched off/)
  expect(explained(403, '', { 'www-authenticate': 'Bearer error="insufficient_scope"' })).toContain('lacks a scope')
})

it('names the time after which a rate limit is open again, where the API does', () => {
  expect(explained(429, '', {}, 7_000)).toContain('opens again in 7 s.')
  expect(explained(429, '', {}, 180_000)).toContain('in 3 min.')
  for (const unknown of [null, -5_000])
    expect(explained(429, '', {}, unknown)).toMatch(/Wait before the next request\.$/)
  expect(explained(403, '', {}, 7_000)).not.toContain('opens again')
})

it('has nothing to say of a success, or of a refusal that says nothing', () => {
  expect(explained(200, '{"message":"Hello"}')).toBeNull()
  expect(explained(409)).toBeNull()
})

const refused = (status: number, body: string, headers: Record<string, string> = {}) =>
  apiRefusal(new Response(null, { status, headers }), body, {
    name: 'Planio',
    secrets: [new Secret('tok-0123456789')],
    now: 0,
  }).failure

it('is a refusal with the server’s words where the API refuses, and none where it is busy or broken', () => {
  expect(refused(401, '', { 'www-authenticate': expired })).toMatchObject({
    ...{ kind: 'refused', by: 'api', status: 401, error: 'invalid_token' },
    errorDescription: 'The access token expired',
    message: 'The API does not accept this token. Planio says: The access token expired (invalid_token).',
  })
  expect(refused(403, '')).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('no reason (status 403)'),
  })
  expect(refused(503, 'Maintenance')).toMatchObject({ kind: 'unexpected_answer', status: 503 })
  expect(refused(429, '')).toMatchObject({ kind: 'unexpected_answer', message: expect.stringContaining('rate limit') })
})

it('never quotes the token that the API quotes', () => {
  expect(JSON.stringify(refused(401, '{"message":"tok-0123456789 is not known"}'))).not.toContain('tok-0123456789')
})
