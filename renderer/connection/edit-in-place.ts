// How fields that appear in the place of what they change behave: they take the focus once, and Escape leaves them.
import type { KeyboardEvent } from 'react'

/** Escape ends the editing, and nothing else around it. */
export function leaveOnEscape(onDone: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onDone()
  }
}

/** One function for all renders, so that the field takes the focus only when it appears. */
export function focusOnce(input: HTMLInputElement | null) {
  input?.focus()
}
