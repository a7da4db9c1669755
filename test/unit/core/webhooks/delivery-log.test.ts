// The deliveries on disk: what is listed after a restart, whatever their size, and what damage costs.
import { expect, it } from 'vitest'
import { longestDelivery } from '../../../../contract/webhook.ts'
import { createDeliveryLog, type NewDelivery } from '../../../../core/webhooks/delivery-log.ts'
import { memoryLogs, memorySealedLogs } from '../../../support/memory-logs.ts'

const delivery = (more: Partial<NewDelivery> = {}): NewDelivery => ({
  ...{ serviceId: 'plane', receivedAt: 1, source: 'received', verdict: 'fits', secretName: null, deliveryId: null },
  ...{ event: 'issue', action: null, workspaceId: null, actor: null, lineEndLeftOut: false },
  ...more,
})
const received = (body: string | Buffer) => ({ headers: [['X-Any', 'one']] as const, body: Buffer.from(body) })

it('lists after a restart what it listed before, and reads each byte for byte', () => {
  const logs = memorySealedLogs(memoryLogs())
  const log = createDeliveryLog(logs)
  const bodies = [Buffer.from([0, 255, 10, 13]), Buffer.alloc(longestDelivery, 'x'), Buffer.alloc(0)]
  for (const [at, body] of bodies.entries()) log.add(delivery({ receivedAt: at }), received(body))
  log.add(delivery({ serviceId: 'plannr' }), received('{}'))
  const before = log.list('plane')
  expect(before).toHaveLength(3)
  log.forget()
  expect(log.list('plane')).toEqual(before)
  expect(log.list('plane').map(({ id }) => log.read(id).body.equals(bodies.at(-1) as Buffer))).toEqual([
    true,
    false,
    false,
  ])
  for (const [at, { id }] of before.toReversed().entries())
    expect(log.read(id).body.equals(bodies[at] as Buffer)).toBe(true)
})

it('finds the head of a delivery whose headers are as long as the listener lets in', () => {
  const log = createDeliveryLog(memorySealedLogs(memoryLogs()))
  const headers = [['X-Long', '"\\'.repeat(16 * 1024)]] as const
  const { kept } = log.add(delivery(), { headers, body: Buffer.alloc(longestDelivery, '"') })
  log.forget()
  expect(log.list('plane')).toEqual([kept])
  expect(log.read(kept.id).headers).toEqual(headers)
})

it('a damaged file costs its own delivery alone', () => {
  const files = new Map<string, Buffer>()
  const log = createDeliveryLog(memorySealedLogs(memoryLogs(files)))
  const { kept } = log.add(delivery(), received('{"n":1}'))
  const { kept: other } = log.add(delivery({ receivedAt: 2 }), received('{"n":2}'))
  const [name] = [...files.keys()].filter((one) => one.includes(kept.id))
  files.set(name ?? '', Buffer.from('0 damaged\n'))
  log.forget()
  expect(log.list('plane')).toEqual([other])
  expect(() => log.read(kept.id)).toThrow('no longer kept')
})

it('a file under the name of another delivery is not taken for it', () => {
  const files = new Map<string, Buffer>()
  const log = createDeliveryLog(memorySealedLogs(memoryLogs(files)))
  const { kept } = log.add(delivery(), received('{}'))
  const [name = ''] = [...files.keys()]
  files.set(name.replace(kept.id, 'another'), files.get(name) ?? Buffer.alloc(0))
  log.forget()
  expect(log.list('plane')).toEqual([kept])
})
