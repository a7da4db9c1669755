import { expect, it } from 'vitest'
import { methodFor, usingMethod } from '../../../contract/client.ts'
import { grantSchema } from '../../../contract/service.ts'

const client = { clientAuthentication: 'body' as const, grantAuthentication: {} }
const plain = grantSchema.parse({ id: 'user_token', type: 'authorization_code', name: 'User token' })
const own = grantSchema.parse({ ...plain, id: 'bot_token', clientAuthentication: 'basic-raw' })

it('uses the grant’s method before the client’s own', () => {
  expect(methodFor(client, plain)).toBe('body')
  expect(methodFor(client, own)).toBe('basic-raw')
  expect(methodFor(client, undefined)).toBe('body')
})

it('lets a chosen method win over the grant’s, for that grant alone', () => {
  const changed = usingMethod(client, own, 'basic')
  expect(methodFor(changed, own)).toBe('basic')
  expect(methodFor(changed, plain)).toBe('body')
  expect(usingMethod(changed, own, 'basic-raw')).toEqual(client)
})

it('changes the client’s own method for a grant that has none', () => {
  expect(usingMethod(client, plain, 'basic')).toEqual({ clientAuthentication: 'basic', grantAuthentication: {} })
})

it('takes no member of every object for a chosen method', () => {
  expect(methodFor(client, { ...plain, id: 'constructor' })).toBe('body')
})
