// A flow as it lies in the vault: bodies bounded, and the truth about one whose host died.
import type { Flow, FlowSummary, Step } from '../../contract/flow.ts'

/** Characters of a body that are stored. While a flow runs all that was read is there; the vault keeps hundreds. */
export const storedBody = 64 * 1024

export function summaryOf(flow: Flow): FlowSummary {
  const { steps: _steps, failure: _failure, ...summary } = flow
  return summary
}

export function storable(flow: Flow): Flow {
  return { ...flow, steps: flow.steps.map(storableStep) }
}

function storableStep(step: Step): Step {
  const { request, response } = step
  return {
    ...step,
    request: request && { ...request, body: request.body?.slice(0, storedBody) ?? null },
    response: response && {
      ...response,
      body: response.body?.slice(0, storedBody) ?? null,
      truncated: response.truncated || (response.body?.length ?? 0) > storedBody,
    },
  }
}

/** What is known of a flow that was under way when its host ended: that it ended, and not what the server did. */
export function interrupted(flow: Flow): Flow {
  const lastKnown = flow.steps.reduce((latest, step) => Math.max(latest, step.at + (step.ms ?? 0)), flow.startedAt)
  return {
    ...flow,
    outcome: 'failed',
    endedAt: lastKnown,
    steps: flow.steps.map((step) =>
      step.outcome === 'running'
        ? { ...step, outcome: 'failed', note: 'Grantdesk ended before an answer came.' }
        : step,
    ),
    failure: {
      kind: 'cancelled',
      message: 'Grantdesk ended while this was under way; what the server made of it is not known.',
      remedy: 'Try again.',
    },
  }
}
