// Records the person's decisions that several kinds of flows have in common.
import { understandValue } from '../../contract/pasted-value.ts'
import type { Secret } from '../secret.ts'
import type { Recording } from './recording.ts'

/** Records that the person cancelled what the flow was waiting for. */
export function recordCancelled(recording: Pick<Recording, 'add'>): void {
  recording.add({ kind: 'decision', decision: { question: 'go_on', choice: 'cancel' } })
}

/** Records which of the person's values begin or end with blanks or quotes: those were kept on purpose. */
export function recordKeptAround(
  recording: Pick<Recording, 'add'>,
  values: Record<'client_secret' | 'password', Secret | null | undefined>,
): void {
  for (const value of ['client_secret', 'password'] as const) {
    const text = values[value]?.reveal()
    if (text === undefined || understandValue(value, text).otherwise?.because !== 'perhaps_meant') continue
    recording.add({ kind: 'decision', decision: { question: 'around_value', choice: 'keep', value } })
  }
}
