// A flow in an encrypted log of its own: its head (facts about the whole flow) and its events, appended as they happen. A later
// head replaces the earlier one, a later event the one with its id.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type FlowEvent, flowEventSchema } from '../../contract/flow/event.ts'
import type { SealedLogs } from '../sealed-log/sealed-logs.ts'
import { type FlowHead, headSchema } from './flow-line.ts'

export interface StoredFlow {
  head: FlowHead
  events: FlowEvent[]
  /** Lines that were damaged, or could not be written. */
  missing: number
  /** On disk. */
  bytes: number
}

export interface FlowFiles {
  /** Begins a flow's file: written when it returns, if it can be written now. */
  begin(head: FlowHead): void
  head(head: FlowHead): void
  event(flowId: string, event: FlowEvent): void
  /** `null` where there is none, or not even its head can be read. */
  read(flowId: string): StoredFlow | null
  /** A whole flow at once; on disk when it returns. */
  store(head: FlowHead, events: readonly FlowEvent[]): Promise<void>
  sizeOf(flowId: string): number
  remove(flowId: string): void
  /** The ids of all that have a file. */
  list(): string[]
}

const folder = 'flows'
const suffix = '.log'

/**
 * A flow that is longer (bytes) loses its later events, and says how many: one that polls for days must not fill the disk.
 * Ten times what the largest ones hold that are seen with real services.
 */
const longestFlow = 8 * 1024 * 1024

const lineSchema = z.union([z.object({ head: headSchema }), z.object({ event: flowEventSchema })])
type Line = z.infer<typeof lineSchema>

export function createFlowFiles(logs: SealedLogs): FlowFiles {
  /** Bytes of each flow under way. */
  const written = new Map<string, number>()

  function append(flowId: string, line: Line, isNeeded: boolean): void {
    const text = JSON.stringify(line)
    const bytes = (written.get(flowId) ?? 0) + text.length
    if (!isNeeded && bytes > longestFlow) {
      logs.skip(fileOf(flowId))
      return
    }
    written.set(flowId, bytes)
    logs.append(fileOf(flowId), text)
  }

  function putHead(head: FlowHead): void {
    append(head.id, { head }, true)
    if (head.outcome !== 'running') written.delete(head.id)
  }

  return {
    begin(head) {
      logs.create(fileOf(head.id))
      try {
        logs.write(fileOf(head.id), [JSON.stringify({ head } satisfies Line)])
      } catch {
        putHead(head)
      }
    },
    head: putHead,
    event: (flowId, event) => append(flowId, { event }, false),
    read(flowId) {
      const content = logs.read(fileOf(flowId))
      if (content === null) return null
      let head: FlowHead | null = null
      let { missing } = content
      const events = new Map<string, FlowEvent>()
      for (const { text } of content.lines) {
        const line = parseLine(text)
        if (line === null) missing += 1
        else if ('head' in line) head = line.head
        else events.set(line.event.id, line.event)
      }
      return head && { head, events: [...events.values()], missing, bytes: content.bytes }
    },
    async store(head, events) {
      const name = fileOf(head.id)
      logs.remove(name)
      logs.write(
        name,
        [{ head }, ...events.map((event) => ({ event }))].map((line: Line) => JSON.stringify(line)),
      )
      await logs.sync(name)
    },
    sizeOf: (flowId) => logs.sizeOf(fileOf(flowId)),
    remove(flowId) {
      written.delete(flowId)
      logs.remove(fileOf(flowId))
    },
    list: () =>
      logs
        .list(folder)
        .filter((name) => name.endsWith(suffix))
        .map((name) => name.slice(0, -suffix.length)),
  }
}

/** `null` for what another Grantdesk wrote that this one does not understand. */
function parseLine(text: string): Line | null {
  try {
    return lineSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** Ids are ours; one that came from elsewhere, whatever it is made of, names no file elsewhere and none of ours. */
function fileOf(flowId: string): string {
  const isOurs = /^[\w-]{1,80}$/.test(flowId)
  return `${folder}/${isOurs ? flowId : `~${createHash('sha256').update(flowId).digest('hex')}`}${suffix}`
}
