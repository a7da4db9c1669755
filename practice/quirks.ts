// Which quirks of one service are on at this moment. Everything that has a quirk asks here at each request, so that a
// switch works from the next one on.
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
  /** Goes back to what the service does by itself. */
  reset(): void
}

/** Makes the switches of one service, those of `initial` thrown already. */
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
      // Known beforehand: one that was on must not win over the one that is new and excludes it.
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
