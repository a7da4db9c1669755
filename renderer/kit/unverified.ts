// What nobody has confirmed of a service's description: its marks are paths of fields.
import type { ServiceView } from '../../contract/service.ts'

type Marked = Pick<ServiceView, 'unverified'>

/** Whether a fact of the description, or the whole that it is part of, is marked unverified. */
export function isUnverified({ unverified }: Marked, path: string): boolean {
  return unverified.some((marked) => path === marked || path.startsWith(`${marked}.`))
}

/** The marked parts of a fact that is not marked as a whole. */
export function unverifiedParts(service: Marked, path: string): string[] {
  return isUnverified(service, path) ? [] : service.unverified.filter((marked) => marked.startsWith(`${path}.`))
}
