// All flows: running ones in memory and, as they proceed, in encrypted logs; finished ones only there. Bounded, and written
// without waiting for the disk. A killed host leaves a record of what it had started; an operation never fails over its flow.
import { randomUUID } from 'node:crypto'
import type { Failure } from '../../contract/failure.ts'
import type { FlowEvent } from '../../contract/flow/event.ts'
import type { Flow, FlowAbout, FlowKind, FlowSummary, KeptFlow } from '../../contract/flow/flow.ts'
import type { Send } from '../network/send.ts'
import type { ServiceTls } from '../network/service-tls.ts'
import type { Clock } from '../ports.ts'
import type { NamedRecords } from '../records.ts'
import type { SealedLogs } from '../sealed-log/sealed-logs.ts'
import type { Secret } from '../secret.ts'
import { aboutNothing, givenFacts } from './default-facts.ts'
import type { FlowBounds } from './flow-bounds.ts'
import type { IndexedFlow } from './flow-line.ts'
import { createFlowStore } from './flow-store.ts'
import { createFlowWrites } from './flow-writes.ts'
import { ignoringErrors } from './ignoring-errors.ts'
import { isStreaming } from './recorded-events.ts'
import { createRecording, type Recording } from './recording.ts'
import { interruptedSummary, summaryOf } from './stored-flow.ts'

export interface FlowLogDeps {
  /** Where earlier versions kept the flows. */
  records: NamedRecords
  logs: SealedLogs
  bounds(): FlowBounds
  clock: Clock
  fetch: Send
  /** The same pseudonym for the same secret, in all flows. */
  pseudonym: (secret: string) => string
  onChange: (change: FlowChange) => void
}

/** A flow began, ended or changed its head; it has new or changed events; it was removed. */
export type FlowChange =
  | { kind: 'flow'; flow: FlowSummary; failure: Failure | null }
  | { kind: 'flow_events'; flowId: string; events: FlowEvent[]; eventCount: number }
  | { kind: 'flow_removed'; id: string }

export interface FlowStart {
  kind: FlowKind
  /** The facts that are known; the others are `null`. */
  about: Partial<FlowAbout>
  serviceId: string
  connectionId?: string | null
  /** What requests need to reach a service that is not stored yet. */
  tls?: ServiceTls
  /** Secrets and their labels, known before the first event. */
  hide?: [Secret, string][]
}

export interface FlowLog {
  start(input: FlowStart): Recording
  /** Stores a finished flow that was recorded elsewhere. */
  keep(flow: Flow): Promise<FlowSummary>
  /** Removes a finished flow that says nothing new, without counting it as no longer kept. */
  drop(id: string): Promise<void>
  /** Throws `not_found`. */
  get(id: string): Promise<KeptFlow>
  /**
   * Newest first, all or those of one connection; how many are no longer kept; and why flows cannot be written now, `null` if
   * they can.
   */
  list(connectionId?: string): Promise<{ flows: FlowSummary[]; noLongerKept: number; unwritten: string | null }>
  /** The newest flows, a bounded number. */
  recent(): FlowSummary[]
  /** Migrates what an earlier version kept in the vault's document. */
  carryOver(): Promise<void>
  /** Removes what exceeds the bounds, a little later. */
  trimSoon(): void
  /** Writes and removes what is due now. */
  flush(): void
  /** Drops everything from memory when the vault locks. */
  forget(): void
}

/** As many as a person looks through; more are listed on request. */
const mostRecent = 100

export function createFlowLog(deps: FlowLogDeps): FlowLog {
  const { logs } = deps
  const running = new Map<string, Recording>()
  /** Flows that ended while the body of a response was still being read. */
  const streaming = new Map<string, Recording>()
  const store = createFlowStore(logs, running)
  const writes = createFlowWrites({ write: store.flush, trim })

  function trim(): void {
    for (const id of store.beyond(deps.bounds())) remove(id, true)
  }

  function remove(id: string, isMissed: boolean): void {
    streaming.delete(id)
    store.remove(id, isMissed)
    deps.onChange({ kind: 'flow_removed', id })
  }

  function tell(flow: Flow): FlowSummary {
    const summary = summaryOf(flow)
    deps.onChange({ kind: 'flow', flow: summary, failure: flow.failure })
    return summary
  }

  function changed(recording: Recording, events: FlowEvent[]): void {
    const { id } = recording
    // A recording may go on after the vault was locked.
    if (running.get(id) !== recording && streaming.get(id) !== recording) return
    const flow = recording.flow()
    store.append(flow, events)
    if (events.length > 0) deps.onChange({ kind: 'flow_events', flowId: id, events, eventCount: flow.eventCount })
    else tell(flow)
    if (flow.events.some(isStreaming) || !streaming.delete(id)) return
    store.append(flow, [])
    store.putSummary(flow)
  }

  async function ended(recording: Recording): Promise<void> {
    if (running.get(recording.id) !== recording) return
    changed(recording, [])
    running.delete(recording.id)
    const flow = recording.flow()
    if (flow.events.some(isStreaming)) streaming.set(flow.id, recording)
    store.putSummary(flow)
    writes.trimSoon()
    await writes.flushSoon(flow.id)
  }

  const shown = (flow: IndexedFlow) => shownSummary(flow, running)

  return {
    start(input) {
      const recording = createRecording({
        flow: newFlow(input, deps.clock.now()),
        hide: input.hide ?? [],
        clock: deps.clock,
        fetch: deps.fetch,
        tls: input.tls,
        pseudonym: deps.pseudonym,
        changed: (events) => changed(recording, events),
        written: () => writes.flushSoon(recording.id),
        async ended() {
          // The vault was locked meanwhile, or nothing can be written: the logs try again, and say so.
          await ended(recording).catch(() => undefined)
        },
      })
      running.set(recording.id, recording)
      ignoringErrors(() => {
        const flow = recording.flow()
        store.begin(flow)
        tell(flow)
      })
      return recording
    },

    async keep(flow) {
      await store.keep(flow)
      writes.trimSoon()
      return tell(flow)
    },

    drop: async (id) => ignoringErrors(() => remove(id, false)),

    async get(id) {
      const known = running.get(id)
      return known ? { ...structuredClone(known.flow()), missing: 0 } : store.read(id)
    },

    async list(connectionId) {
      const all = newestFirst(store.summaries().map(shown))
      const flows = connectionId === undefined ? all : all.filter((flow) => flow.connectionId === connectionId)
      return { flows, noLongerKept: store.noLongerKept(connectionId), unwritten: logs.trouble() }
    },

    recent() {
      const known: IndexedFlow[] = []
      ignoringErrors(() => void known.push(...store.newest()))
      return newestFirst(known.map(shown)).slice(0, mostRecent)
    },

    async carryOver() {
      const ids = await deps.records.ids('flow')
      if (ids.length === 0) return
      await store.carryOver(deps.records)
      writes.trimSoon()
    },

    trimSoon: writes.trimSoon,
    flush: writes.flush,

    forget() {
      writes.flush()
      running.clear()
      streaming.clear()
      store.forget()
    },
  }
}

/** The summary as it is shown: a flow that has no end and does not run here was interrupted. */
function shownSummary(
  { bytes: _bytes, ...summary }: IndexedFlow,
  running: ReadonlyMap<string, Recording>,
): FlowSummary {
  const known = running.get(summary.id)
  if (known) return summaryOf(known.flow())
  return summary.outcome === 'running' ? interruptedSummary(summary) : summary
}

function newFlow(input: FlowStart, now: number): Omit<Flow, 'events' | 'eventCount'> {
  return {
    id: randomUUID(),
    kind: input.kind,
    about: { ...aboutNothing, ...givenFacts(input.about) },
    serviceId: input.serviceId,
    connectionId: input.connectionId ?? null,
    startedAt: now,
    endedAt: null,
    outcome: 'running',
    failure: null,
  }
}

/** Newest first; of two that began together, the later entry. */
function newestFirst(flows: FlowSummary[]): FlowSummary[] {
  return flows.reverse().sort((a, b) => b.startedAt - a.startedAt)
}
