// All flows: running ones in memory and, as they proceed, in encrypted logs; finished ones only there. Bounded, and written
// without waiting for the disk. A killed host leaves a record of what it had started; an operation never fails over its flow.
import { randomUUID } from 'node:crypto'
import type { Failure } from '../../contract/failure.ts'
import type { FlowEvent } from '../../contract/flow/event.ts'
import type { Flow, FlowAbout, FlowKind, FlowSummary, KeptFlow } from '../../contract/flow/flow.ts'
import type { Clock } from '../ports.ts'
import { problem } from '../problem.ts'
import type { NamedRecords } from '../records.ts'
import type { SealedLogs } from '../sealed-log/sealed-logs.ts'
import type { Secret } from '../secret.ts'
import { beyondBounds, type FlowBounds } from './flow-bounds.ts'
import { createFlowFiles } from './flow-file.ts'
import { createFlowIndex } from './flow-index.ts'
import { headOf, type IndexedFlow } from './flow-line.ts'
import { aboutNothing } from './legacy-flow.ts'
import { createRecording, isStreaming, type Recording } from './recording.ts'
import { interrupted, interruptedSummary, summaryOf } from './stored-flow.ts'

export interface FlowLogDeps {
  /** Where earlier versions kept them. */
  records: NamedRecords
  logs: SealedLogs
  bounds(): FlowBounds
  clock: Clock
  fetch: typeof globalThis.fetch
  /** Equal secrets, equal pseudonyms, across flows. */
  pseudonym: (secret: string) => string
  onChange: (change: FlowChange) => void
}

/** A flow began, changed its head or ended; events of it are new or changed; it is no longer kept. */
export type FlowChange =
  | { kind: 'flow'; flow: FlowSummary; failure: Failure | null }
  | { kind: 'flow_events'; flowId: string; events: FlowEvent[]; eventCount: number }
  | { kind: 'flow_removed'; id: string }

export interface FlowStart {
  kind: FlowKind
  /** What is known of it; the rest is nothing. */
  about: Partial<FlowAbout>
  serviceId: string
  connectionId?: string | null
  /** Secrets and their labels, known before the first event. */
  hide?: [Secret, string][]
}

export interface FlowLog {
  start(input: FlowStart): Recording
  /** Forgets one that has ended and says nothing new. */
  drop(id: string): Promise<void>
  /** Throws `not_found`. */
  get(id: string): Promise<KeptFlow>
  /**
   * The newest first, of all or of one connection; how many of its are no longer kept; and why they cannot be written now,
   * `null` where they can.
   */
  list(connectionId?: string): Promise<{ flows: FlowSummary[]; noLongerKept: number; unwritten: string | null }>
  /** The newest ones, a bounded number. */
  recent(): FlowSummary[]
  /** Carries over what an earlier version kept in the vault's document. */
  carryOver(): Promise<void>
  /** Takes away soon what is more than the bounds allow. */
  trimSoon(): void
  /** Writes what waits, and takes away what is due to be. */
  flush(): void
  /** Drops everything from memory when the vault locks. */
  forget(): void
}

/** As many as a person looks through; all others are listed when they are asked for. */
const mostRecent = 100
/** Flows come in bursts: what is too much is taken away after one (ms). */
const trimDelay = 500

export function createFlowLog(deps: FlowLogDeps): FlowLog {
  const { logs } = deps
  const files = createFlowFiles(logs)
  const index = createFlowIndex(logs)
  const live = new Map<string, Recording>()
  /** Those that have ended while the body of an answer was still being read. */
  const streaming = new Set<Recording>()
  let trimTimer: NodeJS.Timeout | null = null
  let flushing: Promise<void> | null = null

  const indexed = (flow: Flow): IndexedFlow => ({ ...summaryOf(flow), bytes: files.sizeOf(flow.id) })

  function changed(recording: Recording, events: FlowEvent[]): void {
    // It goes on after the vault was locked.
    if (live.get(recording.id) !== recording && !streaming.has(recording)) return
    const flow = recording.flow()
    if (events.length === 0) files.head(headOf(flow))
    for (const event of events) files.event(flow.id, event)
    const { id: flowId, eventCount, failure } = flow
    if (events.length > 0) deps.onChange({ kind: 'flow_events', flowId, events, eventCount })
    else deps.onChange({ kind: 'flow', flow: summaryOf(flow), failure })
    if (flow.events.some(isStreaming) || !streaming.delete(recording)) return
    files.head(headOf(flow))
    index.put(indexed(flow))
  }

  async function ended(recording: Recording): Promise<void> {
    if (live.get(recording.id) !== recording) return
    changed(recording, [])
    live.delete(recording.id)
    if (recording.flow().events.some(isStreaming)) streaming.add(recording)
    index.put(indexed(recording.flow()))
    trimSoon()
    await flushSoon()
  }

  /** What ends at the same time is written together. */
  function flushSoon(): Promise<void> {
    flushing ??= new Promise((flushed) =>
      setImmediate(() => {
        flushing = null
        aside(() => logs.flush())
        flushed()
      }),
    )
    return flushing
  }

  function trimSoon(): void {
    trimTimer ??= setTimeout(flush, trimDelay).unref()
  }

  /** A flow of which the index does not know how it ended. */
  function look(id: string): IndexedFlow | null {
    const running = live.get(id)
    if (running) return indexed(running.flow())
    const stored = files.read(id)
    if (stored === null) return null
    const flow: Flow = { ...stored.head, events: stored.events, eventCount: stored.events.length }
    return indexed(flow.outcome === 'running' ? cutShort(flow) : flow)
  }

  /** Writes down of a flow whose host died that it has ended. */
  function cutShort(flow: Flow): Flow {
    const end = interrupted(flow)
    for (const event of end.events) if (!flow.events.includes(event)) files.event(flow.id, event)
    files.head(headOf(end))
    return end
  }

  function load(): void {
    if (!index.isLoaded()) index.load([...new Set([...files.list(), ...live.keys()])], look)
  }

  function remove(id: string, isMissed: boolean): void {
    for (const recording of streaming) if (recording.id === id) streaming.delete(recording)
    files.remove(id)
    index.drop(id, isMissed)
    deps.onChange({ kind: 'flow_removed', id })
  }

  function trim(): void {
    load()
    const ended = index.all().filter(({ id }) => !live.has(id))
    for (const { id } of beyondBounds(ended, deps.bounds())) remove(id, true)
  }

  function flush(): void {
    const isDue = trimTimer !== null
    if (trimTimer) clearTimeout(trimTimer)
    trimTimer = null
    try {
      if (isDue) trim()
      logs.flush()
    } catch {
      // Locked, or a disk that is not what it was: the next flow that ends tries again.
    }
  }

  /** As it is shown: one that is not under way here, and not known to have ended, was cut short. */
  function shown({ bytes: _bytes, ...summary }: IndexedFlow): FlowSummary {
    const running = live.get(summary.id)
    if (running) return summaryOf(running.flow())
    return summary.outcome === 'running' ? interruptedSummary(summary) : summary
  }

  return {
    start(input) {
      const flow: Omit<Flow, 'events' | 'eventCount'> = {
        id: randomUUID(),
        kind: input.kind,
        about: { ...aboutNothing, ...input.about },
        serviceId: input.serviceId,
        connectionId: input.connectionId ?? null,
        startedAt: deps.clock.now(),
        endedAt: null,
        outcome: 'running',
        failure: null,
      }
      const recording = createRecording({
        flow,
        hide: input.hide ?? [],
        clock: deps.clock,
        fetch: deps.fetch,
        pseudonym: deps.pseudonym,
        changed: (events) => changed(recording, events),
        async ended() {
          // Locked meanwhile, or nothing can be written: what waits is tried again, and said.
          await ended(recording).catch(() => undefined)
        },
      })
      live.set(flow.id, recording)
      aside(() => {
        const begun = recording.flow()
        files.begin(headOf(begun))
        index.put({ ...summaryOf(begun), bytes: 0 })
        deps.onChange({ kind: 'flow', flow: summaryOf(begun), failure: null })
      })
      return recording
    },

    async drop(id) {
      aside(() => remove(id, false))
    },

    async get(id) {
      const running = live.get(id)
      if (running) return { ...structuredClone(running.flow()), missing: 0 }
      const stored = files.read(id)
      if (stored === null) throw problem('not_found', 'This flow is no longer kept.')
      const flow: Flow = { ...stored.head, events: stored.events, eventCount: stored.events.length }
      return { ...(flow.outcome === 'running' ? interrupted(flow) : flow), missing: stored.missing }
    },

    async list(connectionId) {
      load()
      const all = newestFirst(index.all().map(shown))
      const flows = connectionId === undefined ? all : all.filter((flow) => flow.connectionId === connectionId)
      return { flows, noLongerKept: index.missed(connectionId), unwritten: logs.trouble() }
    },

    recent() {
      let known: IndexedFlow[] = []
      aside(() => {
        known = index.newest()
      })
      return newestFirst(known.map(shown)).slice(0, mostRecent)
    },

    async carryOver() {
      const ids = await deps.records.ids('flow')
      if (ids.length === 0) return
      const flows = await deps.records.list('flow')
      await Promise.all(
        flows.map(async ({ value }) => {
          const flow = value.outcome === 'running' ? interrupted(value) : value
          await files.store(headOf(flow), flow.events)
          index.put(indexed(flow))
        }),
      )
      logs.flush()
      // One that is damaged stays where it is.
      await deps.records.write(flows.map(({ id }) => ({ remove: 'flow', id })))
      trimSoon()
    },

    trimSoon,
    flush,

    forget() {
      flush()
      live.clear()
      streaming.clear()
      index.forget()
    },
  }
}

/** The newest first; of two that began together, the later entry. */
function newestFirst(flows: FlowSummary[]): FlowSummary[] {
  return flows.reverse().sort((a, b) => b.startedAt - a.startedAt)
}

/** Runs what only serves the record: it must not stop the operation that it records. */
function aside(work: () => void): void {
  try {
    work()
  } catch {
    // Locked meanwhile, or nothing can be written: what waits is tried again, and said.
  }
}
