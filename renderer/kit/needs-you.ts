// Which connections need the person, and for what, in a few words: the overview’s first list. Pure.
import { type ConnectionView, endToRemind } from '../../contract/connection.ts'
import { awaitsWorkspace } from '../../contract/connection-state.ts'
import { renewalOf } from '../../contract/renewal.ts'
import { needsAttention } from './connection-filter.ts'
import { countWords, dayWords, spanWords } from './format.ts'

export type Need = 'attention' | 'ending' | 'workspace'

/** What a connection needs of the person at `now` (ms); the most pressing, or `null`. */
export function needOf(connection: ConnectionView, now: number): Need | null {
  if (needsAttention(connection, now)) return 'attention'
  if (awaitsWorkspace(connection)) return 'workspace'
  return endToRemind(connection, now) === null ? null : 'ending'
}

/** By when: the day, or how long there is where that is less than a day. */
function beforeWords(end: number, now: number): string {
  if (end <= now) return 'now'
  return end - now < 86_400_000 ? `within ${spanWords(end - now)}` : `by ${dayWords(end)}`
}

/** What there is to do, for one line. */
export function needWords(connection: ConnectionView, need: Need, now: number): string {
  if (need === 'workspace')
    return `Choose the workspace: it reaches ${countWords(connection.workspaces.length, 'workspace')}`
  if (need === 'ending') {
    const todo = connection.grantType === 'static_token' ? 'Replace the token' : 'Reconnect'
    return `${todo} ${beforeWords(endToRemind(connection, now) ?? now, now)}`
  }
  const { status } = connection
  if (status.kind === 'needs_attention') return status.failure.message
  if (renewalOf(connection, now) === 'ended_at_once')
    return 'It had ended when it came: check the clock of this machine'
  return connection.grantType === 'static_token' ? 'The token has ended: replace it' : 'The token has ended: reconnect'
}
