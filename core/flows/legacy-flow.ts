// A flow as an earlier version stored it, brought into today's form: its title and its steps, which are sentences, are shown
// as they are.
import { z } from 'zod'
import { type Flow, type FlowAbout, flowSchema } from '../../contract/flow/flow.ts'

type Members = Record<string, unknown>

/** What a flow of which nothing is known is about. */
export const aboutNothing: FlowAbout = {
  service: null,
  connection: null,
  method: null,
  path: null,
  workspace: null,
  host: null,
  grantsPage: null,
  title: null,
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A flow of any version as one of today's; what is no flow stays as it is. */
export function currentFlow(json: unknown): unknown {
  if (!isMembers(json) || !Array.isArray(json.steps)) return json
  const { steps, title, stepCount: _, ...rest } = json
  const events = steps.map((step: unknown) => (isMembers(step) ? { kind: 'legacy_step', ...step } : step))
  return { ...rest, about: { ...aboutNothing, title }, eventCount: events.length, events }
}

/** A flow as it is stored, whichever version did. */
export const storedFlowSchema = z.codec(z.unknown(), flowSchema, {
  // What does not fit is found by the schema that comes next.
  decode: (json) => currentFlow(json) as Flow,
  encode: (flow) => flow,
})
