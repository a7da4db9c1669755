import { expect, it } from 'vitest'
import type { Delivery } from '../../../../contract/webhook.ts'
import { withDeliveryChange } from '../../../../renderer/webhooks/delivery-list.ts'

const delivery = (id: string, serviceId = 'plane'): Delivery => ({
  ...{ id, serviceId, receivedAt: 0, source: 'received', verdict: 'fits', secretName: null, deliveryId: null },
  ...{ event: null, action: null, workspaceId: null, actor: null, connection: null, repeats: null, size: 0 },
  lineEndLeftOut: false,
})
const came = (one: Delivery) => ({ kind: 'webhook_delivery' as const, delivery: one })
const ids = (list: Delivery[]) => list.map(({ id }) => id)

it('what comes stands first, once', () => {
  const list = withDeliveryChange([delivery('a')], came(delivery('b')), 'plane')
  expect(ids(list)).toEqual(['b', 'a'])
  expect(ids(withDeliveryChange(list, came(delivery('a')), 'plane'))).toEqual(['b', 'a'])
})

it('what comes for another service stands elsewhere', () => {
  expect(withDeliveryChange([], came(delivery('a', 'plannr')), 'plane')).toEqual([])
})

it('what was removed goes', () => {
  const change = { kind: 'webhook_deliveries_removed' as const, ids: ['a', 'z'] }
  expect(ids(withDeliveryChange([delivery('a'), delivery('b')], change, 'plane'))).toEqual(['b'])
})
