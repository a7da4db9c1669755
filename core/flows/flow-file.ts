// A flow in an encrypted log of its own: its head (facts about the whole flow) and its events, appended as they happen. A later
// head replaces the earlier one, a later event the one with its id.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { FlowEvent } from '../../contract/flow/event.ts'
import { storedEventSchema } from '../earlier-versions/event.ts'
import type { SealedLogs } from '../sealed-log/sealed-logs.ts'
import { type FlowHead, headSchema } from './flow-line.ts'

export interface StoredFlow {
  head: FlowHead
  events: FlowEvent[]
  /** How many lines were damaged or could not be written. */
  missing: number
  /** The file's size. */
  bytes: number
}

export interface FlowFiles {
  /** Starts a flow's file; written when it returns, unless the disk does not accept it. */
  begin(head: FlowHead): void
  head(head: FlowHead): void
  event(flowId: string, event: FlowEvent): void
  /** `null` if there is no file, or its head is unreadable. */
  read(flowId: string): StoredFlow | null
  /** Stores a whole flow; on disk when it returns. */
  store(head: FlowHead, events: readonly FlowEvent[]): Promise<void>
  sizeOf(flowId: string): number
  /** The name of a flow's log. */
  nameOf(flowId: string): string
  remove(flowId: string): void
  /** The ids of all flows with a file. */
  list(): string[]
}

const folder = 'flows'
const suffix = '.log'

/**
 * A longer flow (bytes) loses its later events and counts them as missing, because polling for days must not fill the disk.
 * Ten times the size of the largest flows at real services.
 */
const longestFlow = 8 * 1024 * 1024

const lineSchema = z.union([z.object({ head: headSchema }), z.object({ event: storedEventSchema })])
type Line = { head: FlowHead } | { event: FlowEvent }

export function createFlowFiles(logs: SealedLogs): FlowFiles {
  /** How many bytes each running flow has. */
  const written = new Map<string, number>()

  function append(flowId: string, line: Line, isNeeded: boolean): void {
    const text = JSON.stringify(line)
    const bytes = (written.get(flowId) ?? 0) + text.length
    if (!isNeeded && bytes > longestFlow) {
      logs.skip(fileOf(flowId))
      return
    }
    written.set(flowId, bytes)
    logs.append(fileOf(flowId), text, 'event' in line ? line.event.id : undefined)
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
    nameOf: fileOf,
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

/** `null` for a line of a newer version that this one does not understand. */
function parseLine(text: string): Line | null {
  try {
    return lineSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** Ids are usually ours; another one, for example from a backup, must not lead out of the folder or to one of our files. */
function fileOf(flowId: string): string {
  const isOurs = /^[\w-]{1,80}$/.test(flowId)
  return `${folder}/${isOurs ? flowId : `~${createHash('sha256').update(flowId).digest('hex')}`}${suffix}`
}
