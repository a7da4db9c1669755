// The parts of flows that Grantdesk exported, as they come out of a file: held up to a bound, and what is beyond is counted.
import { isObject } from '../json-path.ts'

/** A flow as it stands in the file. */
export interface OwnFlow {
  head: unknown
  facts: unknown[]
  /** Of an archive: the entries that hold its messages. */
  entries: unknown[] | null
}

interface Draft {
  head: Record<string, unknown>
  facts: unknown[]
}

export interface OwnFlowParts {
  /** A member of a flow's head. `place` is where the flow stands in the file. */
  head(place: string, name: string, value: unknown): void
  event(place: string, value: unknown): void
  /** An entry of an archive of our own, and what the archive says of itself. */
  entry(value: object): void
  archive(value: unknown): void
  /** The flows, and how many parts there was no room for. */
  end(): { own: OwnFlow[]; leftOut: number }
}

const mostFlows = 500
const mostEvents = 20_000
/** Of all parts together (characters). */
const longestParts = 32 * 1024 * 1024

export function createOwnFlowParts(): OwnFlowParts {
  const flows = new Map<string, Draft>()
  const entries: unknown[] = []
  let archived: unknown = null
  let events = 0
  let held = 0
  let leftOut = 0

  /** A copy, because a text that was cut out of a piece would keep all of it in memory; none if there is no room for it. */
  function copyOf(value: unknown, name = ''): [copy: unknown] | [] {
    const size = name.length + JSON.stringify(value).length
    if (held + size > longestParts) return none()
    held += size
    return [structuredClone(value)]
  }

  function copyOfEvent(value: unknown): [copy: unknown] | [] {
    events += 1
    return events > mostEvents ? none() : copyOf(value)
  }

  function none(): [] {
    leftOut += 1
    return []
  }

  function draftAt(place: string): Draft | null {
    const there = flows.get(place)
    if (there) return there
    if (flows.size >= mostFlows) return null
    const draft: Draft = { head: Object.create(null), facts: [] }
    flows.set(place, draft)
    return draft
  }

  return {
    head(place, name, value) {
      const draft = draftAt(place)
      for (const copy of draft ? copyOf(value, name) : none()) if (draft) draft.head[name] = copy
    },
    event(place, value) {
      const draft = draftAt(place)
      if (draft) draft.facts.push(...copyOfEvent(value))
      else none()
    },
    entry: (value) => void entries.push(...copyOfEvent(value)),
    archive(value) {
      for (const copy of copyOf(value)) archived = copy
    },
    end() {
      const own: OwnFlow[] = []
      if (isObject(archived)) {
        const facts = Array.isArray(archived.events) ? archived.events : []
        own.push({ head: archived.flow, facts, entries })
      }
      for (const { head, facts } of flows.values()) if ('kind' in head) own.push({ head, facts, entries: null })
      return { own, leftOut }
    },
  }
}
