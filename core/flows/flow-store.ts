// The flows on disk: a file for each and an index of their summaries, kept in agreement. Corrects a flow that a killed host
// left running.
import type { FlowEvent } from '../../contract/flow/event.ts'
import type { Flow, KeptFlow } from '../../contract/flow/flow.ts'
import { problem } from '../problem.ts'
import type { NamedRecords } from '../records.ts'
import type { SealedLogs } from '../sealed-log/sealed-logs.ts'
import { beyondBounds, type FlowBounds } from './flow-bounds.ts'
import { createFlowFiles, type StoredFlow } from './flow-file.ts'
import { createFlowIndex } from './flow-index.ts'
import { headOf, type IndexedFlow } from './flow-line.ts'
import { interrupted, summaryOf } from './stored-flow.ts'

/** The flows that run in this process. */
export type RunningFlows = ReadonlyMap<string, { flow(): Flow }>

export interface FlowStore {
  /** Starts the file of a flow that has just begun. */
  begin(flow: Flow): void
  /** Appends a flow's new and changed events; without any, its head. */
  append(flow: Flow, events: readonly FlowEvent[]): void
  /** Writes what waits, all or of these flows and all summaries. */
  flush(flowIds?: ReadonlySet<string>): void
  /** Puts the flow's summary, as it is now, into the index. */
  putSummary(flow: Flow): void
  /** Stores a whole flow, in the place of one with its id; on disk when it returns. */
  keep(flow: Flow): Promise<void>
  /** Throws `not_found`. */
  read(id: string): KeptFlow
  /** All summaries. */
  summaries(): IndexedFlow[]
  /** The newest summaries; unless all have been read, only as many as the end of the index has. */
  newest(): IndexedFlow[]
  /** How many flows were removed to make room, in total or of one connection. */
  noLongerKept(connectionId?: string): number
  /** `isMissed` counts it as no longer kept. */
  remove(id: string, isMissed: boolean): void
  /** Returns the ids of finished flows to remove so that the others fit the bounds. */
  beyond(bounds: FlowBounds): string[]
  /** Moves the flows that an earlier version kept in the vault's document; on disk when it returns. */
  carryOver(records: NamedRecords): Promise<void>
  /** Drops everything from memory when the vault locks. */
  forget(): void
}

export function createFlowStore(logs: SealedLogs, running: RunningFlows): FlowStore {
  const files = createFlowFiles(logs)
  const index = createFlowIndex(logs)

  const indexed = (flow: Flow): IndexedFlow => ({ ...summaryOf(flow), bytes: files.sizeOf(flow.id) })

  function append(flow: Flow, events: readonly FlowEvent[]): void {
    if (events.length === 0) files.head(headOf(flow))
    for (const event of events) files.event(flow.id, event)
  }

  /** The current summary of a flow whose end is not in the index; `null` if its file cannot be read. */
  function findSummary(id: string): IndexedFlow | null {
    const known = running.get(id)
    if (known) return indexed(known.flow())
    const stored = files.read(id)
    if (stored === null) return null
    const flow = flowOf(stored)
    return indexed(flow.outcome === 'running' ? writeInterrupted(flow) : flow)
  }

  function writeInterrupted(flow: Flow): Flow {
    const ended = interrupted(flow)
    for (const event of ended.events) if (!flow.events.includes(event)) files.event(flow.id, event)
    files.head(headOf(ended))
    return ended
  }

  async function keep(flow: Flow): Promise<void> {
    await files.store(headOf(flow), flow.events)
    index.put(indexed(flow))
  }

  function summaries(): IndexedFlow[] {
    if (!index.isLoaded()) index.load([...new Set([...files.list(), ...running.keys()])], findSummary)
    return index.all()
  }

  return {
    begin(flow) {
      files.begin(headOf(flow))
      index.put({ ...summaryOf(flow), bytes: 0 })
    },
    append,
    keep,
    flush: (flowIds) => void logs.flush(flowIds && [...Array.from(flowIds, files.nameOf), index.name]),
    putSummary: (flow) => index.put(indexed(flow)),
    read(id) {
      const stored = files.read(id)
      if (stored === null) throw problem('not_found', 'This flow is no longer kept.')
      const flow = flowOf(stored)
      return { ...(flow.outcome === 'running' ? interrupted(flow) : flow), missing: stored.missing }
    },
    summaries,
    newest: () => index.newest(),
    noLongerKept(connectionId) {
      summaries()
      return index.missed(connectionId)
    },
    remove(id, isMissed) {
      files.remove(id)
      index.drop(id, isMissed)
    },
    beyond(bounds) {
      const finished = summaries().filter(({ id }) => !running.has(id))
      return beyondBounds(finished, bounds).map(({ id }) => id)
    },
    async carryOver(records) {
      const flows = await records.list('flow')
      await Promise.all(
        flows.map(async ({ value }) => {
          await keep(value.outcome === 'running' ? interrupted(value) : value)
        }),
      )
      logs.flush()
      // Damaged records stay where they are.
      await records.write(flows.map(({ id }) => ({ remove: 'flow', id })))
    },
    forget: () => index.forget(),
  }
}

function flowOf({ head, events }: StoredFlow): Flow {
  return { ...head, events, eventCount: events.length }
}
