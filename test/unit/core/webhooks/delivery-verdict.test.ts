// The signature of a delivery against the stored secrets, and what is read from it by the service's description.
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { webhookSchema } from '../../../../contract/service-webhook.ts'
import { Secret } from '../../../../core/secret.ts'
import { catalogue, presets } from '../../../../core/services/catalogue.ts'
import { deliveryFacts } from '../../../../core/webhooks/delivery-facts.ts'
import { judgeDelivery } from '../../../../core/webhooks/delivery-verdict.ts'
import type { HeaderList } from '../../../../core/webhooks/received.ts'

const webhook = webhookSchema.parse({ header: 'X-Signature', prefix: 'sha256=' })
const service = { name: 'Any', webhook }
const body = Buffer.from('{"event":"issue"}')
const signed = (secret: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
const stored = (name: string, workspaceId: string | null = null) => ({
  ...{ id: name, name, workspaceId, addedAt: 0 },
  secret: new Secret(`secret of ${name}`),
})
const judge = (headers: HeaderList, secrets = [stored('one')], workspaceId: string | null = null) =>
  judgeDelivery(service, { headers, body }, workspaceId, secrets)

describe('the verdict', () => {
  it('says whose secret fits, whatever case the header has', () => {
    const headers: HeaderList = [['x-SIGNATURE', ` ${signed('secret of two')} `]]
    expect(judge(headers, [stored('one'), stored('two')])).toEqual({ verdict: 'fits', secretName: 'two' })
  })

  it.each([
    ['missing', []],
    ['missing', [['X-Signature', '  ']]],
    ['malformed', [['X-Signature', 'sha256=zz']]],
    ['malformed', [['X-Signature', signed('secret of one').slice(0, -2)]]],
    ['malformed', [['X-Signature', signed('secret of one').replace('sha256=', '')]]],
    ['wrong', [['X-Signature', signed('another')]]],
  ] as const)('is %s for %j', (verdict, headers) => {
    expect(judge(headers)).toEqual({ verdict, secretName: null })
  })

  it('takes no signature that stands beside another one', () => {
    const right: [string, string] = ['X-Signature', signed('secret of one')]
    expect(judge([right, ['x-signature', signed('another')]]).verdict).toBe('malformed')
  })

  it('is not checked without a secret', () => {
    expect(judge([['X-Signature', signed('any')]], []).verdict).toBe('no_secret')
  })

  it('tells the secret of another workspace apart', () => {
    const headers: HeaderList = [['X-Signature', signed('secret of one')]]
    expect(judge(headers, [stored('one', 'w1')], 'w1').verdict).toBe('fits')
    expect(judge(headers, [stored('one', 'w1')], null).verdict).toBe('fits')
    expect(judge(headers, [stored('one', 'w1')], 'w2')).toEqual({ verdict: 'other_workspace', secretName: 'one' })
  })
})

describe('what a delivery tells', () => {
  const facts = (id: string, headers: HeaderList, json: unknown) => {
    const described = [...catalogue(), ...presets()].find((one) => one.id === id)?.webhook
    return deliveryFacts(webhookSchema.parse(described), { headers, body: Buffer.from(JSON.stringify(json)) })
  }

  it('of Plane stands in headers and body', () => {
    const headers: HeaderList = [
      ['X-Plane-Delivery', 'd-1'],
      ['X-Plane-Event', 'issue'],
    ]
    const json = {
      event: 'issue',
      action: 'created',
      workspace_id: 'w-1',
      activity: { actor: { display_name: 'Ada' } },
    }
    const told = { deliveryId: 'd-1', event: 'issue', action: 'created', workspaceId: 'w-1', actor: 'Ada' }
    expect(facts('plane', headers, json)).toEqual(told)
    expect(facts('plane', [], { ...json, delivery_id: 'd-2' })).toMatchObject({ deliveryId: 'd-2', event: 'issue' })
  })

  it.each([
    ['github', [['X-GitHub-Event', 'issues']], { action: 'opened', sender: { login: 'ada' } }, 'issues', 'ada'],
    ['linear', [], { type: 'Issue', actor: { name: 'Ada' } }, 'Issue', 'Ada'],
    ['planio', [], { type: 'issue.created', data: { issue: { author: { name: 'Ada' } } } }, 'issue.created', 'Ada'],
  ] as const)('of %s is found as described', (id, headers, json, event, actor) => {
    expect(facts(id, headers, json)).toMatchObject({ event, actor })
  })

  it.each([['{'], ['[]'], ['null'], ['"text"'], ['{"event":{"a":1},"activity":[]}']])('is nothing in %s', (text) => {
    const plane = catalogue().find(({ id }) => id === 'plane')?.webhook
    const told = deliveryFacts(webhookSchema.parse(plane), { headers: [], body: Buffer.from(text) })
    expect(told).toEqual({ deliveryId: null, event: null, action: null, workspaceId: null, actor: null })
  })

  it('is cut where it is very long', () => {
    expect(facts('plane', [], { event: 'x'.repeat(5000) }).event).toHaveLength(201)
  })
})
