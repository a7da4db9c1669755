// Where the wizard is left for the description of a service; it goes on with that service afterwards.
import { grantdesk } from '../state/store.ts'

/** Leaves the wizard for the description of a service, or for a new one. */
export function describeService(serviceId?: string): void {
  const service = serviceId === undefined ? {} : { serviceId }
  grantdesk.getState().go({ name: 'describe', thenConnect: true, ...service })
}
