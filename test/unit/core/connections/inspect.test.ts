import { expect, it } from 'vitest'
import type { Context } from '../../../../core/connections/context.ts'
import { createDisclosure } from '../../../../core/connections/disclose.ts'
import type { Refresher } from '../../../../core/connections/refresh.ts'
import { Secret } from '../../../../core/secret.ts'

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const claims = { sub: 'ada-lovelace', scope: 'read', jti: 'one-of-a-kind' }

function inspect(token: string) {
  const connections = { tokens: async () => ({ accessToken: new Secret(token) }) }
  const context = { connections, services: {}, history: {} } as unknown as Context
  return createDisclosure(context, {} as Refresher, null).inspect('c')
}

it('shows header and claims of a signed JWT, never its signature', async () => {
  const answer = await inspect(`${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`)
  expect(answer).toEqual({ format: 'jwt', header: { alg: 'RS256' }, claims })
})

it.each([
  ['without a signature', `${part({ alg: 'none' })}.${part(claims)}.`],
  ['without a signature, whatever it says', `${part({ alg: 'RS256' })}.${part(claims)}.`],
  ['whose signature nobody checks', `${part({ alg: 'None', typ: 'JWT' })}.${part(claims)}.AAAA`],
])('shows of a JWT %s nothing by which it could be written anew', async (_, token) => {
  const answer = await inspect(token)
  expect(answer).toEqual({ format: 'unsigned_jwt', claimNames: ['sub', 'scope', 'jti'] })
  for (const value of Object.values(claims)) expect(JSON.stringify(answer)).not.toContain(`"${value}"`)
})

it('says of anything else only how long it is', async () => {
  expect(await inspect('gho_16C7e42F292c6912E7710c838347Ae178B4a')).toEqual({ format: 'opaque', length: 40 })
})
