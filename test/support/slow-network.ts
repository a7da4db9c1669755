// A network on which answers can be kept waiting: for what happens while a request is under way.
import { expect } from 'vitest'

/** Holds every answer to a request whose address contains `part` until it is let go. */
export function slowNetwork(part: string) {
  const gate = Promise.withResolvers<void>()
  let held = 0
  const slow: typeof fetch = async (input, init) => {
    if (!String(input).includes(part) || held < 0) return fetch(input, init)
    held += 1
    const response = await fetch(input, init)
    await gate.promise
    return response
  }
  return {
    fetch: slow,
    reached: () => expect.poll(() => held).toBeGreaterThan(0),
    letGo: () => {
      held = -1
      gate.resolve()
    },
  }
}
