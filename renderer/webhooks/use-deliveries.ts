// The kept deliveries of a service, asked for once and kept up to date by the changes that the host sends.
import { useEffect, useState } from 'react'
import type { Failure } from '../../contract/failure.ts'
import type { Delivery } from '../../contract/webhook.ts'
import { useDoor } from '../state/door.tsx'
import type { DeliveryChange } from '../state/mirror.ts'
import { grantdesk, useGrantdesk } from '../state/store.ts'
import { withDeliveryChange } from './delivery-list.ts'

export interface DeliveryListing {
  /** Newest first; `null` until the answer. */
  deliveries: Delivery[] | null
  failure: Failure | null
}

const nothing: DeliveryListing = { deliveries: null, failure: null }

export function useDeliveries(serviceId: string): DeliveryListing {
  const door = useDoor()
  // After a snapshot something may have been missed.
  const snapshots = useGrantdesk((state) => state.snapshots)
  const [listing, setListing] = useState(nothing)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked for anew after each snapshot
  useEffect(() => {
    let isCurrent = true
    /** What came while the list was on its way. */
    const meanwhile: DeliveryChange[] = []
    setListing(nothing)
    const stop = grantdesk.subscribe(({ deliveryChange }, before) => {
      if (deliveryChange === null || deliveryChange === before.deliveryChange) return
      meanwhile.push(deliveryChange)
      setListing(({ deliveries, failure }) => ({
        deliveries: deliveries && withDeliveryChange(deliveries, deliveryChange, serviceId),
        failure,
      }))
    })
    void door.call('webhooks.list', { serviceId }).then((answer) => {
      if (!isCurrent) return
      if (!answer.ok) return setListing({ deliveries: null, failure: answer.failure })
      const deliveries = meanwhile.reduce(
        (list, change) => withDeliveryChange(list, change, serviceId),
        answer.value.deliveries,
      )
      meanwhile.length = 0
      setListing({ deliveries, failure: null })
    })
    return () => {
      isCurrent = false
      stop()
    }
  }, [door, serviceId, snapshots])
  return listing
}
