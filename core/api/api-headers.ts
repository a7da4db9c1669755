// The headers of every request to a service's API, with the connection's values filled in.
import { connectionValues, fillHeader, type PlaceholderValues, placeholdersIn } from '../../contract/placeholders.ts'
import type { Service } from '../../contract/service.ts'
import type { ConnectionRecord } from '../records.ts'

type Reached = Pick<ConnectionRecord, 'workspace' | 'account' | 'grantId' | 'installation' | 'kept'>

/** The values for placeholders in paths and headers. */
export function placeholderValues(service: Pick<Service, 'grants'>, record: Reached): PlaceholderValues {
  const grant = service.grants.find(({ id }) => id === record.grantId)
  const installed = grant?.installation ? { [grant.installation.parameter]: record.installation } : {}
  return { ...installed, ...connectionValues(record) }
}

/** The kept values that the token endpoint itself gave: only these may say where tokens are sent. */
export function givenByServer({
  kept,
  keptFromRedirect,
}: Pick<ConnectionRecord, 'kept' | 'keptFromRedirect'>): Record<string, string> {
  return Object.fromEntries(Object.entries(kept).filter(([name]) => !keptFromRedirect.includes(name)))
}

/** Whether a value is allowed in a header. @see RFC 9110 §5.5 */
export function canCarry(value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
  return !/[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/.test(value)
}

/** Omits headers whose placeholder has no value, or a value that is not allowed in a header: the API says what is missing. */
export function apiHeaders(service: Pick<Service, 'grants' | 'requestHeaders'>, record: Reached): [string, string][] {
  const values = placeholderValues(service, record)
  return Object.entries(service.requestHeaders).flatMap(([name, template]): [string, string][] => {
    const value = fillHeader(template, values)
    return placeholdersIn(value).length > 0 || !canCarry(value) ? [] : [[name, value]]
  })
}

/** Merges both lists; the later one wins, names are case-insensitive. */
export function mergeHeaders(first: [string, string][], later: [string, string][]): [string, string][] {
  const named = new Set(later.map(([name]) => name.toLowerCase()))
  return [...first.filter(([name]) => !named.has(name.toLowerCase())), ...later]
}
