// Where a service is described or its description changed: away from the wizard, on the services page.
import { grantdesk } from '../state/store.ts'

/** Leaves the wizard for the description of a service, or for a new one. */
export function describeService(serviceId?: string): void {
  grantdesk.getState().go(serviceId === undefined ? { name: 'services' } : { name: 'services', serviceId })
}
