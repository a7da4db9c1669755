// Opens the flow that the person just started, beside the screen where it was started.
import { useEffect } from 'react'
import { addressOf } from '../state/address.ts'
import { opensByItself, roomForBoth } from '../state/open-by-itself.ts'
import { type Grantdesk, grantdesk } from '../state/store.ts'

function open(now: Grantdesk) {
  const { lastStarted, flows, openedItself, quiet, screen } = now
  if (lastStarted === null) return
  const id = now.started[lastStarted.key]?.flowId
  const flow = flows.find((one) => one.id === id)
  const isThere = addressOf({ screen, openFlowId: null }) === lastStarted.at
  const hasRoom = window.matchMedia(roomForBoth).matches
  if (flow === undefined) return
  if (opensByItself({ flow, openedId: openedItself, quiet, isThere, hasRoom })) now.openFlowItself(flow)
  // What ended is not opened later, such as when the window becomes wider.
  if (flow.endedAt !== null) grantdesk.setState({ lastStarted: null })
}

/** Follows what is started while the three columns are there. */
export function useOpeningByItself(): void {
  useEffect(
    () =>
      grantdesk.subscribe((now, before) => {
        if (now.started !== before.started || now.flows !== before.flows) open(now)
      }),
    [],
  )
}
