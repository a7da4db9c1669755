// Which quirks of a service are on right now. Asked anew at each request, so that a switch takes effect with the next one.
import { type QuirkId, type QuirkSet, quirkText } from './quirk-catalogue.ts'

export interface QuirkState {
  id: QuirkId
  name: string
  description: string
  group: string
  on: boolean
}

export interface Quirks {
  isOn(id: QuirkId): boolean
  list(): QuirkState[]
  /** Switches those that are named; throws for one that the service does not have, and then switches none. */
  set(changes: Record<string, boolean>): void
  /** Goes back to the service's usual quirks. */
  reset(): void
}

/** The switches of one service; `initial` overrides its usual ones. */
export function createQuirks({ offered, on: usual }: QuirkSet, initial: Record<string, boolean> = {}): Quirks {
  const on = new Set<QuirkId>(usual)
  const known = (id: string): QuirkId => {
    const found = offered.find((one) => one === id)
    if (!found) throw new Error(`This service has no quirk ${JSON.stringify(id)}`)
    return found
  }
  const switchOn = (id: QuirkId): void => {
    const { oneOf } = quirkText(id)
    for (const other of [...on]) if (oneOf !== undefined && quirkText(other).oneOf === oneOf) on.delete(other)
    on.add(id)
  }
  const quirks: Quirks = {
    isOn: (id) => on.has(id),
    list: () =>
      offered.map((id) => {
        const { name, description, group } = quirkText(id)
        return { id, name, description, group, on: on.has(id) }
      }),
    set(changes) {
      const wanted = Object.entries(changes).map(([id, value]): [QuirkId, boolean] => [known(id), value])
      // Compared first: a quirk that was on already must not win over a new one that excludes it.
      const changed = wanted.filter(([id, value]) => on.has(id) !== value)
      for (const [id, value] of changed) if (!value) on.delete(id)
      for (const [id, value] of changed) if (value) switchOn(id)
    },
    reset() {
      on.clear()
      for (const id of usual) on.add(id)
    },
  }
  quirks.set(initial)
  return quirks
}
