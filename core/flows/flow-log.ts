// All flows: those under way in memory, the others sealed in the vault. Bounded, written as they go, so that a host
// that was killed leaves the record of what it had begun.
import { randomUUID } from 'node:crypto'
import type { Failure } from '../../contract/failure.ts'
import type { FlowEvent } from '../../contract/flow/event.ts'
import type { Flow, FlowAbout, FlowKind, FlowSummary } from '../../contract/flow/flow.ts'
import type { Clock } from '../ports.ts'
import { problem } from '../problem.ts'
import type { RecordChange, Records } from '../records.ts'
import type { Secret } from '../secret.ts'
import { aboutNothing } from './legacy-flow.ts'
import { createRecording, type Recording } from './recording.ts'
import { interrupted, summaryOf } from './stored-flow.ts'

export interface FlowLogDeps {
  records: Records
  clock: Clock
  fetch: typeof globalThis.fetch
  /** Equal secrets, equal pseudonyms, across flows. */
  pseudonym: (secret: string) => string
  onChange: (change: FlowChange) => void
  /** How many flows are kept; 300 where absent. */
  keep?: number
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
  get(id: string): Promise<Flow>
  /** The newest first. */
  list(connectionId?: string): Promise<FlowSummary[]>
  /** After the vault opened. Flows that were under way when a host died are marked as failed. */
  load(): Promise<void>
  /** Drops everything from memory when the vault locks. */
  forget(): void
}

const defaultKeep = 300
/** Events come in bursts; a burst is one write. */
const writeDelay = 200

export function createFlowLog(deps: FlowLogDeps): FlowLog {
  const keep = deps.keep ?? defaultKeep
  const live = new Map<string, Recording>()
  const summaries = new Map<string, FlowSummary>()
  /** Flows whose last state is not on disk yet. */
  const unsaved = new Map<string, Flow>()
  const removals = new Set<string>()
  let open = true
  let writing: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | null = null

  function put(recording: Recording, events: FlowEvent[] = []) {
    if (!open) return
    const flow = recording.flow()
    unsaved.set(flow.id, flow)
    summaries.set(flow.id, summaryOf(flow))
    const { id: flowId, eventCount, failure } = flow
    if (events.length > 0) deps.onChange({ kind: 'flow_events', flowId, events, eventCount })
    else deps.onChange({ kind: 'flow', flow: summaryOf(flow), failure })
  }

  /** Writes what is not saved. A failed write is tried again with the next: a log must not stop what it records. */
  function write(): Promise<void> {
    if (timer) clearTimeout(timer)
    timer = null
    writing = writing.then(async () => {
      const flows = [...unsaved.values()]
      const gone = [...removals]
      if (flows.length + gone.length === 0) return
      try {
        await deps.records.write([
          ...flows.map((flow): RecordChange => ({ put: 'flow', id: flow.id, value: flow })),
          ...gone.map((id): RecordChange => ({ remove: 'flow', id })),
        ])
      } catch {
        return
      }
      for (const flow of flows) if (unsaved.get(flow.id) === flow) unsaved.delete(flow.id)
      for (const id of gone) removals.delete(id)
    })
    return writing
  }

  function writeSoon() {
    timer ??= setTimeout(write, writeDelay).unref()
  }

  function forgetOne(id: string) {
    unsaved.delete(id)
    if (summaries.delete(id)) deps.onChange({ kind: 'flow_removed', id })
  }

  function trim() {
    const ended = sorted(summaries).filter((flow) => !live.has(flow.id))
    for (const flow of ended.slice(Math.max(0, keep - live.size))) {
      forgetOne(flow.id)
      removals.add(flow.id)
    }
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
        changed(events) {
          put(recording, events)
          writeSoon()
        },
        ended() {
          put(recording)
          live.delete(flow.id)
          return write()
        },
      })
      live.set(flow.id, recording)
      put(recording)
      trim()
      write()
      return recording
    },

    async drop(id) {
      forgetOne(id)
      removals.add(id)
      await write()
    },

    async get(id) {
      const flow = live.get(id)?.flow() ?? unsaved.get(id) ?? (await deps.records.read('flow', id))
      if (!flow || removals.has(id)) throw problem('not_found', 'This flow is no longer kept.')
      return structuredClone(flow)
    },

    async list(connectionId) {
      const all = sorted(summaries)
      return connectionId === undefined ? all : all.filter((flow) => flow.connectionId === connectionId)
    },

    async load() {
      open = true
      const stored = await deps.records.list('flow')
      for (const { id, value } of stored) {
        if (live.has(id)) continue
        const flow = value.outcome === 'running' ? interrupted(value) : value
        if (flow !== value) unsaved.set(id, flow)
        summaries.set(id, summaryOf(flow))
      }
      trim()
      await write()
    },

    forget() {
      open = false
      if (timer) clearTimeout(timer)
      timer = null
      live.clear()
      summaries.clear()
      unsaved.clear()
      removals.clear()
    },
  }
}

/** The newest first; of two that began together, the later entry. */
function sorted(summaries: Map<string, FlowSummary>): FlowSummary[] {
  return [...summaries.values()].reverse().sort((a, b) => b.startedAt - a.startedAt)
}
