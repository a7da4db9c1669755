import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Service } from '../../../../contract/service.ts'
import { webhookSchema } from '../../../../contract/service-webhook.ts'
import { Secret } from '../../../../core/secret.ts'
import { catalogue } from '../../../../core/services/catalogue.ts'
import { fitsSignature } from '../../../../core/services/webhook-signature.ts'

const secret = 'plane_wh_0123456789'
const body = '{"event":"issue","action":"created"}\n'
const hex = (algorithm: string) => createHmac(algorithm, secret).update(body).digest('hex')

function fits(webhook: Service['webhook'], signature: string, change: { body?: string; secret?: string } = {}) {
  const signed = { body: change.body ?? body, signature, secret: new Secret(change.secret ?? secret) }
  return fitsSignature({ name: 'Plane', webhook }, signed)
}

it.each(['plane', 'plannr'])('%s signs with hex HMAC-SHA256 of the raw body', (id) => {
  const webhook = catalogue().find((one) => one.id === id)?.webhook
  // RFC 4231 §4.3, test case 2.
  const vector = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'
  expect(fits(webhook, vector, { body: 'what do ya want for nothing?', secret: 'Jefe' })).toBe(true)
  expect(fits(webhook, hex('sha256'))).toBe(true)
  expect(fits(webhook, ` ${hex('sha256').toUpperCase()} `)).toBe(true)
})

it('no other body, secret or signature fits, nor one that is none', () => {
  const webhook = webhookSchema.parse({ header: 'X-Signature' })
  const right = hex('sha256')
  expect(fits(webhook, right, { body: body.trim() })).toBe(false)
  expect(fits(webhook, right, { secret: `${secret}x` })).toBe(false)
  for (const wrong of ['', right.slice(2), `${right}00`, `sha256=${right}`, 'zz', hex('sha1')]) {
    expect(fits(webhook, wrong)).toBe(false)
  }
})

it('other algorithms, base64 and what stands before it are declared', () => {
  const header = 'X-Hub-Signature'
  const base64 = createHmac('sha512', secret).update(body).digest('base64')
  const declared = webhookSchema.parse({ header, algorithm: 'hmac-sha512', encoding: 'base64' })
  expect(fits(declared, base64)).toBe(true)
  const prefixed = webhookSchema.parse({ header, algorithm: 'hmac-sha1', prefix: 'sha1=' })
  expect([fits(prefixed, `sha1=${hex('sha1')}`), fits(prefixed, hex('sha1'))]).toEqual([true, false])
})

it('says so where it is not known how a service signs', () => {
  expect(() => fits(undefined, hex('sha256'))).toThrow('How Plane signs what it sends to a webhook is not known.')
})
