// Requested, granted and reported scopes laid side by side: one row per scope, what is missing first.
import type { ConnectionView } from '../../contract/connection.ts'
import type { ServiceView } from '../../contract/service.ts'

/** `unconfirmed`: the token response was silent, so what was requested counts as granted. */
export type Granted = 'yes' | 'no' | 'unconfirmed'

export interface ScopeRow {
  value: string
  description: string
  requested: boolean
  granted: Granted
  /** `null` where the API cannot be asked. */
  reported: boolean | null
  missing: boolean
}

/** One row per scope: missing ones first, then the requested in their order, then what came unasked. */
export function compareScopes(scopes: ConnectionView['scopes'], service: ServiceView | undefined): ScopeRow[] {
  const words = new Map(
    service?.scopes.groups.flatMap((group) => group.scopes.map((scope) => [scope.value, scope.description] as const)),
  )
  const everything = scopes.requested.includes('*')
  const values = [...new Set([...scopes.requested, ...(scopes.granted ?? []), ...(scopes.reported ?? [])])]
  const rows = values.map((value): ScopeRow => {
    const requested = scopes.requested.includes(value)
    const granted = grantedAs(value, requested, scopes.granted)
    const reported = scopes.reported === null ? null : scopes.reported.includes(value)
    const wildcard = value === '*' || (everything && !requested)
    const withheld = granted === 'no' || (granted === 'unconfirmed' && reported === false)
    const missing = requested && !wildcard && withheld && reported !== true
    return {
      value,
      description: words.get(value) ?? '',
      requested,
      granted,
      reported,
      missing,
    }
  })
  return rows.toSorted((a, b) => Number(b.missing) - Number(a.missing))
}

function grantedAs(value: string, requested: boolean, granted: string[] | null): Granted {
  if (granted !== null) return granted.includes(value) ? 'yes' : 'no'
  return requested ? 'unconfirmed' : 'no'
}
