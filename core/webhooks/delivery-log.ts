// The kept deliveries: a list in memory, read when it is first needed, over the files on disk. Bounded for each service.
import { createHash, randomUUID } from 'node:crypto'
import { problem } from '../problem.ts'
import type { SealedLogs } from '../sealed-log/sealed-logs.ts'
import { beyondDeliveryBounds } from './delivery-bounds.ts'
import { createDeliveryFiles, type KeptDelivery, type ListedDelivery } from './delivery-files.ts'
import type { ReceivedDelivery } from './received.ts'

export type NewDelivery = Omit<KeptDelivery, 'id' | 'repeats' | 'size'>

export interface DeliveryLog {
  /** On disk when it returns, or throws the system's error. `gone` had to make room. */
  add(delivery: NewDelivery, received: ReceivedDelivery): { kept: KeptDelivery; gone: string[] }
  /** Newest first. */
  list(serviceId: string): KeptDelivery[]
  /** Throws `not_found`. */
  find(id: string): KeptDelivery
  /** Throws `not_found`. */
  read(id: string): ReceivedDelivery
  /** One delivery of a service, or all; returns their ids. */
  remove(serviceId: string, id?: string): string[]
  /** Drops everything from memory when the vault locks. */
  forget(): void
}

export function createDeliveryLog(logs: SealedLogs): DeliveryLog {
  const files = createDeliveryFiles(logs)
  /** The oldest first. */
  let loaded: ListedDelivery[] | null = null

  function all(): ListedDelivery[] {
    loaded ??= files.list()
    return loaded
  }

  const of = (serviceId: string) => all().filter(({ kept }) => kept.serviceId === serviceId)

  function drop(ids: readonly string[]): string[] {
    for (const id of ids) files.remove(id)
    loaded = all().filter(({ kept }) => !ids.includes(kept.id))
    return [...ids]
  }

  /** What nothing proves cannot make a later delivery a repetition. */
  function repeated(delivery: NewDelivery, digest: string): KeptDelivery['repeats'] {
    const earlier = of(delivery.serviceId).filter(({ kept }) => kept.verdict === 'fits' || delivery.verdict !== 'fits')
    const { deliveryId } = delivery
    const same = deliveryId === null ? undefined : earlier.find(({ kept }) => kept.deliveryId === deliveryId)
    if (same) return { id: same.kept.id, by: 'delivery_id' }
    const alike = earlier.find((one) => one.digest === digest)
    return alike ? { id: alike.kept.id, by: 'body' } : null
  }

  function find(id: string): KeptDelivery {
    const found = all().find(({ kept }) => kept.id === id)
    if (!found) throw problem('not_found', 'This delivery is no longer kept.')
    return found.kept
  }

  return {
    add(delivery, received) {
      const digest = createHash('sha256').update(received.body).digest('hex')
      const repeats = repeated(delivery, digest)
      const kept: KeptDelivery = { ...delivery, id: randomUUID(), repeats, size: received.body.length }
      const listed = files.write(kept, digest, received)
      all().push(listed)
      const counted = of(delivery.serviceId).map(({ kept: { id, verdict }, bytes }) => ({ id, verdict, bytes }))
      const gone = drop(beyondDeliveryBounds(counted).map(({ id }) => id))
      return { kept, gone }
    },
    list: (serviceId) =>
      of(serviceId)
        .map(({ kept }) => kept)
        .reverse(),
    find,
    read: (id) => files.read(find(id).id),
    remove(serviceId, id) {
      const ids = of(serviceId).map(({ kept }) => kept.id)
      if (id === undefined) return drop(ids)
      return drop(ids.filter((one) => one === id))
    },
    forget() {
      loaded = null
    },
  }
}
