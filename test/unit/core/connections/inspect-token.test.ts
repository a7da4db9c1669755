import { expect, it } from 'vitest'
import { inspectToken } from '../../../../core/connections/inspect-token.ts'

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const claims = { sub: 'ada-lovelace', scope: 'read', jti: 'one-of-a-kind' }

it('shows header and claims of a signed JWT, never its signature', () => {
  const answer = inspectToken(`${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`)
  expect(answer).toEqual({ format: 'jwt', header: { alg: 'RS256' }, claims })
})

it.each([
  ['without a signature', `${part({ alg: 'none' })}.${part(claims)}.`],
  ['without a signature, whatever it says', `${part({ alg: 'RS256' })}.${part(claims)}.`],
  ['whose signature nobody checks', `${part({ alg: 'None', typ: 'JWT' })}.${part(claims)}.AAAA`],
])('shows of a JWT %s nothing by which it could be written anew', (_, token) => {
  const answer = inspectToken(token)
  expect(answer).toEqual({ format: 'unsigned_jwt', claimNames: ['sub', 'scope', 'jti'] })
  for (const value of Object.values(claims)) expect(JSON.stringify(answer)).not.toContain(`"${value}"`)
})

it('says of anything else only how long it is', () => {
  expect(inspectToken('gho_16C7e42F292c6912E7710c838347Ae178B4a')).toEqual({ format: 'opaque', length: 40 })
})

it('shows a JWT of a megabyte whole', () => {
  const large = { sub: 'ada', groups: Array.from({ length: 60_000 }, (_, index) => `group-${index}`) }
  const answer = inspectToken(`${part({ alg: 'RS256' })}.${part(large)}.c2lnbmF0dXJl`)
  expect(answer).toMatchObject({ format: 'jwt', claims: large })
})

it('cuts claims that are nested without end, so that they can be written', () => {
  const nested = `{"sub":"ada","deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  const answer = inspectToken(`${part({ alg: 'RS256' })}.${Buffer.from(nested).toString('base64url')}.c2lnbmF0dXJl`)
  expect(answer).toMatchObject({ format: 'jwt', claims: { sub: 'ada' } })
  expect(JSON.stringify(answer).length).toBeLessThan(300)
})

it('leaves an end that is a text as it is', () => {
  const answer = inspectToken(`${part({ alg: 'RS256' })}.${part({ exp: '1800000000' })}.c2lnbmF0dXJl`)
  expect(answer).toMatchObject({ claims: { exp: '1800000000' } })
})

it.each([
  ['bytes that are no base64', `${part({ alg: 'RS256' })}.***.c2lnbmF0dXJl`],
  ['claims that are no JSON', `${part({ alg: 'RS256' })}.${Buffer.from('{"sub":').toString('base64url')}.c2ln`],
  ['claims that are a list', `${part({ alg: 'RS256' })}.${part([1])}.c2ln`],
  ['an encrypted JWT', 'eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn'],
])('takes %s for opaque', (_, token) => {
  expect(inspectToken(token)).toEqual({ format: 'opaque', length: token.length })
})
