// The flows on screen with their events: fetched once, then kept up to date with the host’s changes. Pure.
import type { Change } from '../../contract/change.ts'
import type { Failure } from '../../contract/failure.ts'
import type { FlowEvent } from '../../contract/flow/event.ts'
import { type KeptFlow, withEvents } from '../../contract/flow/flow.ts'

export interface FollowedFlow {
  /** `null` until it has come, and where it could not be had. */
  flow: KeptFlow | null
  failure: Failure | null
  /** Told of before the flow itself came: the two come on ways of their own. */
  early: FlowEvent[]
  /** How many parts of the screen show it. */
  followers: number
}

export type FollowedFlows = Record<string, FollowedFlow>

const nothing: Omit<FollowedFlow, 'followers'> = { flow: null, failure: null, early: [] }

/** One more part of the screen shows it. */
export function follow(followed: FollowedFlows, id: string): FollowedFlows {
  const before = followed[id]
  return { ...followed, [id]: { ...nothing, ...before, followers: (before?.followers ?? 0) + 1 } }
}

/** One part of the screen shows it no longer; the last one forgets it. */
export function unfollow(followed: FollowedFlows, id: string): FollowedFlows {
  const { [id]: before, ...others } = followed
  if (before === undefined || before.followers <= 1) return others
  return { ...others, [id]: { ...before, followers: before.followers - 1 } }
}

/** The flow has come, or cannot be had. What was told of it meanwhile is at least as new. */
export function received(followed: FollowedFlows, id: string, answer: KeptFlow | Failure): FollowedFlows {
  const before = followed[id]
  if (before === undefined) return followed
  const flow = 'events' in answer ? { ...answer, events: withEvents(answer.events, before.early) } : null
  const failure = 'events' in answer ? null : answer
  return { ...followed, [id]: { ...before, flow, failure, early: [] } }
}

/** What a change makes of them; the same where it is about none. */
export function applyToFollowed(followed: FollowedFlows, change: Change): FollowedFlows {
  if (change.kind === 'flow_events') {
    const before = followed[change.flowId]
    if (before === undefined) return followed
    const { events, eventCount } = change
    const after = before.flow
      ? { ...before, flow: { ...before.flow, eventCount, events: withEvents(before.flow.events, events) } }
      : { ...before, early: withEvents(before.early, events) }
    return { ...followed, [change.flowId]: after }
  }
  if (change.kind !== 'flow') return followed
  const before = followed[change.flow.id]
  if (!before?.flow) return followed
  const flow = { ...before.flow, ...change.flow, failure: change.failure }
  return { ...followed, [flow.id]: { ...before, flow } }
}
