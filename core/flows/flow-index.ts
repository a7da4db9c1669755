// An index with a summary of each flow, so that listing does not read them all: a log of its own, newest last. Compared with the
// flows' files for what it lacks, and can be rebuilt from them.
import { z } from 'zod'
import type { SealedLogs } from '../sealed-log/sealed-logs.ts'
import { shareOf } from './flow-bounds.ts'
import { type IndexedFlow, indexedFlowSchema } from './flow-line.ts'

export interface FlowIndex {
  /** The name of its log. */
  readonly name: string
  /** Adds or replaces a flow's summary. */
  put(flow: IndexedFlow): void
  /** Removes a flow; `isMissed` counts it as no longer kept. */
  drop(id: string, isMissed: boolean): void
  all(): IndexedFlow[]
  /** How many flows are no longer kept, in total or of one connection. */
  missed(connectionId?: string): number
  /** The newest flows; until the index was loaded, those in its last lines. */
  newest(): IndexedFlow[]
  /**
   * Reads the whole index. `files` are the ids of all flows, including running ones. Summaries that are missing or of a running
   * flow are obtained from `look`, which returns `null` for an unreadable flow.
   */
  load(files: readonly string[], look: (id: string) => IndexedFlow | null): void
  isLoaded(): boolean
  forget(): void
}

const file = 'flows-index/index.log'
/** How many bytes of its end are read for the newest flows. */
const tail = 192 * 1024
/** How many lines more than flows it may have, so that it is not rewritten for each change. */
const slack = 500

const lineSchema = z.union([
  z.object({ put: indexedFlowSchema }),
  z.object({ drop: z.string(), of: z.string().nullable() }),
  z.object({ missed: z.record(z.string(), z.number()) }),
])
type Line = z.infer<typeof lineSchema>

export function createFlowIndex(logs: SealedLogs): FlowIndex {
  const flows = new Map<string, IndexedFlow>()
  const missed = new Map<string, number>()
  let isLoaded = false

  const write = (id: string, line: Line) => logs.append(file, JSON.stringify(line), id)
  const miss = (share: string, count = 1) => missed.set(share, (missed.get(share) ?? 0) + count)

  function take(line: Line): void {
    if ('put' in line) flows.set(line.put.id, line.put)
    else if ('missed' in line) for (const [share, count] of Object.entries(line.missed)) miss(share, count)
    else {
      flows.delete(line.drop)
      if (line.of !== null) miss(line.of)
    }
  }

  function compact(): void {
    const lines: Line[] = [{ missed: Object.fromEntries(missed) }, ...[...flows.values()].map((put) => ({ put }))]
    try {
      logs.replace(
        file,
        lines.map((line) => JSON.stringify(line)),
      )
    } catch {
      // The disk is full: the index stays long.
    }
  }

  function put(flow: IndexedFlow): void {
    flows.set(flow.id, flow)
    write(flow.id, { put: flow })
  }

  function drop(id: string, isMissed: boolean): void {
    const flow = flows.get(id)
    const of = isMissed && flow ? shareOf(flow) : null
    flows.delete(id)
    if (of !== null) miss(of)
    write(id, { drop: id, of })
  }

  /** Returns the number of lines. */
  function readAll(): number {
    // Summaries added before now are in the file, too, unless they could not be written.
    const since = [...flows.values()]
    flows.clear()
    missed.clear()
    const lines = logs.read(file)?.lines ?? []
    for (const { text } of lines) {
      const line = parseLine(text)
      if (line) take(line)
    }
    for (const flow of since) flows.set(flow.id, flow)
    return lines.length
  }

  /** Makes the index agree with the files. */
  function settle(files: readonly string[], look: (id: string) => IndexedFlow | null): void {
    const there = new Set(files)
    for (const { id } of [...flows.values()]) if (!there.has(id)) drop(id, true)
    for (const id of files) {
      if ((flows.get(id)?.outcome ?? 'running') !== 'running') continue
      const found = look(id)
      if (found) put(found)
      else flows.delete(id)
    }
  }

  return {
    name: file,
    put,
    drop,
    all: () => [...flows.values()],
    missed: (connectionId) =>
      connectionId === undefined
        ? [...missed.values()].reduce((sum, count) => sum + count, 0)
        : (missed.get(connectionId) ?? 0),
    newest() {
      if (isLoaded) return [...flows.values()]
      const found = new Map<string, IndexedFlow>()
      for (const { text } of logs.readEnd(file, tail)) {
        const line = parseLine(text)
        if (line && 'put' in line) found.set(line.put.id, line.put)
        if (line && 'drop' in line) found.delete(line.drop)
      }
      return [...found.values()]
    },
    load(files, look) {
      const lines = readAll()
      settle(files, look)
      isLoaded = true
      if (lines > 2 * flows.size + slack) compact()
    },
    isLoaded: () => isLoaded,
    forget() {
      flows.clear()
      missed.clear()
      isLoaded = false
    },
  }
}

/** `null` for a line of a newer version that this one does not understand. */
function parseLine(text: string): Line | null {
  try {
    return lineSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
