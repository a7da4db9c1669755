// Converts flows that earlier versions stored. Their title and steps are sentences, which are shown as they are.
import { z } from 'zod'
import { type Flow, flowSchema } from '../../contract/flow/flow.ts'
import { isObject } from '../json-path.ts'
import { currentEvent } from './event.ts'

/** Converts a flow of any version; returns anything else unchanged. */
export function currentFlow(json: unknown): unknown {
  if (!isObject(json)) return json
  if (Array.isArray(json.events)) return { ...json, events: json.events.map(currentEvent) }
  if (!Array.isArray(json.steps)) return json
  const { steps, title, stepCount: _, ...rest } = json
  const events = steps.map((step: unknown) => (isObject(step) ? { kind: 'legacy_step', ...step } : step))
  return { ...rest, about: { title }, eventCount: events.length, events }
}

/** A stored flow of any version. */
export const storedFlowSchema = z.codec(z.unknown(), flowSchema, {
  // The schema that follows finds what does not fit.
  decode: (json) => currentFlow(json) as Flow,
  encode: (flow) => flow,
})
