// The headers that every request to a service's API carries, filled for one connection.
import type { Service } from '../../contract/service.ts'
import type { ConnectionRecord } from '../records.ts'
import { fillPlaceholders, hasPlaceholder } from '../services/addresses.ts'

type Reached = Pick<ConnectionRecord, 'workspace' | 'grantId' | 'installation'>

/** What may stand in a path, a header or a body in braces. */
export function placeholderValues(
  service: Pick<Service, 'grants'>,
  record: Reached,
): Record<string, string | null | undefined> {
  const grant = service.grants.find(({ id }) => id === record.grantId)
  const installed = grant?.installation ? { [grant.installation.parameter]: record.installation } : {}
  return { ...installed, slug: record.workspace?.slug, workspace_id: record.workspace?.id }
}

/** One whose placeholder cannot be filled is left out: the API says what it misses. */
export function apiHeaders(service: Pick<Service, 'grants' | 'requestHeaders'>, record: Reached): [string, string][] {
  const values = placeholderValues(service, record)
  return Object.entries(service.requestHeaders).flatMap(([name, template]): [string, string][] => {
    const value = fillPlaceholders(template, values)
    return hasPlaceholder(value) ? [] : [[name, value]]
  })
}

/** Both lists, where the later one wins whatever the case of a name. */
export function mergeHeaders(first: [string, string][], later: [string, string][]): [string, string][] {
  const named = new Set(later.map(([name]) => name.toLowerCase()))
  return [...first.filter(([name]) => !named.has(name.toLowerCase())), ...later]
}
