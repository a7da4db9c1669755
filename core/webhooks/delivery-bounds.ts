// Which deliveries to delete if there are too many: those that nothing proves to come from the service go first, so that nobody
// can push out the others. Pure.
import type { SignatureVerdict } from '../../contract/webhook.ts'

/** The part of a delivery that counts for the bounds. */
export interface CountedDelivery {
  id: string
  verdict: SignatureVerdict
  /** On disk. */
  bytes: number
}

export interface DeliveryBounds {
  count: number
  bytes: number
}

/** For each service. */
export const mostDeliveries: DeliveryBounds = { count: 200, bytes: 32 * 1024 * 1024 }
/** Of them, those whose signature does not fit. */
export const mostUnproven: DeliveryBounds = { count: 50, bytes: 8 * 1024 * 1024 }

/** The deliveries of one service that are no longer kept. */
export function beyondDeliveryBounds<D extends CountedDelivery>(
  oldestFirst: readonly D[],
  most = mostDeliveries,
  unproven = mostUnproven,
): D[] {
  const doubtful = oldestFirst.filter(({ verdict }) => verdict !== 'fits')
  const dropped = beyond(doubtful, unproven)
  const left = oldestFirst.filter((one) => !dropped.includes(one))
  const leastMissedFirst = [
    ...left.filter(({ verdict }) => verdict !== 'fits'),
    ...left.filter(({ verdict }) => verdict === 'fits'),
  ]
  return [...dropped, ...beyond(leastMissedFirst, most)]
}

/** The first ones, until the rest fits. */
function beyond<D extends CountedDelivery>(leastMissedFirst: readonly D[], most: DeliveryBounds): D[] {
  let count = leastMissedFirst.length
  let bytes = leastMissedFirst.reduce((sum, one) => sum + one.bytes, 0)
  const gone: D[] = []
  for (const one of leastMissedFirst) {
    if (count <= most.count && bytes <= most.bytes) break
    gone.push(one)
    count -= 1
    bytes -= one.bytes
  }
  return gone
}
