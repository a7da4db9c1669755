// The shapes that a flow has on disk: its head, its events, and its summary in the index.
import { z } from 'zod'
import { type Flow, flowSchema, flowSummarySchema } from '../../contract/flow/flow.ts'
import { lazyObject } from '../../contract/lazy-schema.ts'
import { once } from '../../contract/once.ts'

/** The facts about a flow as a whole. */
export const headSchema = z.lazy(once(() => flowSchema.unwrap().omit({ events: true, eventCount: true })))
export type FlowHead = z.infer<typeof headSchema>

export const indexedFlowSchema = lazyObject(() => ({
  ...flowSummarySchema.unwrap().shape,
  /** On disk. */
  bytes: z.number(),
}))
export type IndexedFlow = z.infer<typeof indexedFlowSchema>

export function headOf({ events: _events, eventCount: _count, ...head }: Flow): FlowHead {
  return head
}
