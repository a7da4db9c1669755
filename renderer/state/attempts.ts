// Connection attempts as the window follows them: which are running, and which ended while nobody watched. Pure.
import { type Attempt, isUnderWay, isWaiting } from '../../contract/attempt.ts'
import type { FlowSummary } from '../../contract/flow/flow.ts'

/** The connection that an attempt reconnects, or `null`. Its flow says so until tokens come, and not after. */
export function reconnects(attempt: Attempt, flows: Pick<FlowSummary, 'id' | 'connectionId'>[]): string | null {
  if (!isWaiting(attempt) && attempt.state !== 'exchanging') return null
  return flows.find((flow) => flow.id === attempt.flowId)?.connectionId ?? null
}

/** The attempts that went on before and have ended now. */
export function endedSince(before: Attempt[], now: Attempt[]): Extract<Attempt, { state: 'done' | 'failed' }>[] {
  const open = new Set(before.filter(isUnderWay).map(({ id }) => id))
  return now
    .filter((attempt) => attempt.state === 'done' || attempt.state === 'failed')
    .filter(({ id }) => open.has(id))
}

/** What to say when a reconnection signed in as somebody else: `name` is the connection that stayed as it was. */
export function anotherAccountWords(account: string | null, name: string): string {
  return `You signed in as ${account ?? 'an account that did not name itself'}; “${name}” is another account. The new tokens became a connection of their own and “${name}” is as it was.`
}
