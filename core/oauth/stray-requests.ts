// What is recorded of what comes to a redirect URI and is not the authorization response: within limits, so that a flood cannot
// fill a flow.
import type { EventOf } from '../../contract/flow/event.ts'

type Stray = Omit<EventOf<'stray_request'>, 'id' | 'at' | 'kind'>

const mostStrays = 40

/** The facts of a stray request, empty by default. */
export const plainStray = { request: null, status: null, error: null, errorDescription: null }

/** Records only the first stray requests, then one event that there were more. */
export function boundedStrays(onEvent: (event: Stray & { kind: 'stray_request' }) => void): (stray: Stray) => void {
  let strays = 0
  return (stray) => {
    strays++
    if (strays < mostStrays) onEvent({ kind: 'stray_request', ...stray })
    else if (strays === mostStrays) onEvent({ kind: 'stray_request', ...plainStray, reason: 'too_many' })
  }
}

/** How many parameters of a response are recorded, and how much of each. */
const mostParameters = 60
export const longestValue = 4000

/** The parameters of a response as they are recorded. */
export function recordedParameters(parameters: Iterable<[string, string]>): [string, string][] {
  return [...parameters]
    .slice(0, mostParameters)
    .map(([name, value]) => [name.slice(0, longestValue), value.slice(0, longestValue)])
}
