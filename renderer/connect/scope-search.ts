// Searching a service's scopes and taking free ones: pure text work for the scope picker.
import type { Scope, ServiceView } from '../../contract/service.ts'

export interface ScopeGroup {
  name: string
  scopes: Scope[]
}

/**
 * The groups with the scopes that hold every word searched for, in name or description, or those that a pasted list names;
 * empty groups fall away.
 */
export function searchScopes(groups: ServiceView['scopes']['groups'], text: string): ScopeGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return groups
  const pasted = new Set(readScopes(text))
  if (pasted.size > 1 && unknownScopes([...pasted], groups).length === 0)
    return narrowed(groups, ({ value }) => pasted.has(value))
  return narrowed(groups, (scope, group) => {
    const searched = `${scope.value} ${scope.description} ${group}`.toLowerCase()
    return words.every((word) => searched.includes(word))
  })
}

function narrowed(groups: ScopeGroup[], wanted: (scope: Scope, group: string) => boolean): ScopeGroup[] {
  return groups
    .map(({ name, scopes }) => ({ name, scopes: scopes.filter((scope) => wanted(scope, name)) }))
    .filter((group) => group.scopes.length > 0)
}

/** Scopes typed or pasted by the person, separated as the wire separates them or by a comma; each once. */
export function readScopes(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))]
}

/** Chosen scopes that the service's description does not know. */
export function unknownScopes(chosen: string[], groups: ServiceView['scopes']['groups']): string[] {
  const known = new Set(groups.flatMap((group) => group.scopes.map((scope) => scope.value)))
  return chosen.filter((scope) => !known.has(scope))
}

/** What of the text could be added as it stands: scopes that the service does not know, or a list of none but known ones. */
export function addableScopes(typed: string[], groups: ServiceView['scopes']['groups'], chosen: string[]): string[] {
  const unknown = unknownScopes(typed, groups)
  const list = unknown.length === 0 && typed.length > 1 ? typed : unknown
  return list.filter((scope) => !chosen.includes(scope))
}

/** Adds or takes away some scopes, keeping the order of the rest. */
export function withScopes(chosen: string[], scopes: string[], wanted: boolean): string[] {
  const without = chosen.filter((scope) => !scopes.includes(scope))
  return wanted ? [...chosen, ...scopes.filter((scope) => !chosen.includes(scope))] : without
}
