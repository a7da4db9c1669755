// Converts flows that earlier versions stored. Their title and steps are sentences, which are shown as they are.
import { z } from 'zod'
import { type Flow, type FlowAbout, flowSchema } from '../../contract/flow/flow.ts'

type Members = Record<string, unknown>

/** The facts of a flow about which nothing is known. */
export const aboutNothing: FlowAbout = {
  service: null,
  connection: null,
  method: null,
  path: null,
  workspace: null,
  host: null,
  grantsPage: null,
  checksRevocation: false,
  title: null,
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Converts a flow of any version; returns anything else unchanged. */
export function currentFlow(json: unknown): unknown {
  if (!isMembers(json) || !Array.isArray(json.steps)) return json
  const { steps, title, stepCount: _, ...rest } = json
  const events = steps.map((step: unknown) => (isMembers(step) ? { kind: 'legacy_step', ...step } : step))
  return { ...rest, about: { ...aboutNothing, title }, eventCount: events.length, events }
}

/** A stored flow of any version. */
export const storedFlowSchema = z.codec(z.unknown(), flowSchema, {
  // The schema that follows finds what does not fit.
  decode: (json) => currentFlow(json) as Flow,
  encode: (flow) => flow,
})
