// What one moment of a connection's scopes says beside the moment before it: asked for, granted and reported apart, because a
// scope that is asked for and refused changes the first alone. Pure.
import { missingScopes, type ScopeChange } from '../../contract/connection.ts'

export interface ScopeLine {
  label: 'Requested' | 'Granted' | 'Reported'
  /** `null` where nobody said. */
  scopes: { value: string; added: boolean }[] | null
  /** What the moment before had and this one has not. */
  removed: string[]
}

export interface ScopeDifference {
  lines: ScopeLine[]
  /** Asked for and not given. */
  refused: string[]
}

/** `before` is the moment before; the first one has none, and adds nothing to anything. */
export function scopeDifference(change: ScopeChange, before: ScopeChange | undefined): ScopeDifference {
  const line = (label: ScopeLine['label'], now: string[] | null, then: string[] | null | undefined): ScopeLine => ({
    label,
    scopes: now?.map((value) => ({ value, added: Array.isArray(then) && !then.includes(value) })) ?? null,
    removed: now === null ? [] : (then ?? []).filter((value) => !now.includes(value)),
  })
  return {
    lines: [
      line('Requested', change.requested, before?.requested),
      line('Granted', change.granted, before?.granted),
      line('Reported', change.reported, before?.reported),
    ],
    refused: missingScopes(change),
  }
}
