// Values that an answer or the redirect brings along and that requests to the API need later, such as the address of the
// person's instance: found where the service's description says.
import type { Service } from '../../contract/service.ts'
import { pickText } from '../json-path.ts'

type Keep = NonNullable<Service['tokenResponse']>['keep']

/** A longer value is no name and no address. */
const longestValue = 1000

/** The names to keep, each with its places; a list of names means members of these names. */
export function keptPlaces(keep: Keep): [name: string, paths: string[]][] {
  return Array.isArray(keep) ? keep.map((name) => [name, [name]]) : Object.entries(keep)
}

/** The values in an answer. */
export function keptInAnswer(keep: Keep, answer: unknown): Record<string, string> {
  return kept(keep, (paths) => pickText(answer, paths))
}

/** The values among a redirect's parameters. */
export function keptInRedirect(keep: Keep, parameters: Record<string, string>): Record<string, string> {
  return kept(keep, (paths) => {
    const path = paths.find((name) => Object.hasOwn(parameters, name) && parameters[name] !== '')
    return path === undefined ? null : (parameters[path] ?? null)
  })
}

function kept(keep: Keep, find: (paths: string[]) => string | null): Record<string, string> {
  const found = keptPlaces(keep).flatMap(([name, paths]): [string, string][] => {
    const value = find(paths)
    return value !== null && value.length <= longestValue && !/\p{Cc}/u.test(value) ? [[name, value]] : []
  })
  return Object.fromEntries(found)
}
