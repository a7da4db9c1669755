// The flow that failed last, until the connection works again.
import { Button } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import type { FlowSummary } from '../../contract/flow/flow.ts'
import { lastFailure } from '../../contract/flow/last-failure.ts'
import { flowTitle } from '../../contract/flow/words.ts'
import { RelativeTime } from '../kit/countdown.tsx'
import { ToneShape } from '../kit/state-badge.tsx'
import { useDoor } from '../state/door.tsx'
import { useGrantdesk } from '../state/store.ts'
import classes from './last-failure.module.css'

export function LastFailure({ connectionId }: { connectionId: string }) {
  const flow = useLastFailure(connectionId)
  const openFlow = useGrantdesk((state) => state.openFlow)
  if (flow === null) return null
  const title = flowTitle(flow)
  return (
    <p className={classes.line}>
      <ToneShape tone="bad" size={12} />
      <span>
        Last failure: {title}, <RelativeTime at={flow.startedAt} />
      </span>
      <Button size="compact-xs" variant="subtle" aria-label={`Show flow: ${title}`} onClick={() => openFlow(flow.id)}>
        Show flow
      </Button>
    </p>
  )
}

/** The window holds only the newest flows of all; those of the connection are fetched once. */
function useLastFailure(connectionId: string): FlowSummary | null {
  const door = useDoor()
  const recent = useGrantdesk((state) => state.flows)
  const [listed, setListed] = useState<FlowSummary[]>([])
  useEffect(() => {
    let current = true
    void door.call('flows.list', { connectionId }).then((answer) => {
      if (current && answer.ok) setListed(answer.value.flows)
    })
    return () => {
      current = false
    }
  }, [door, connectionId])
  return useMemo(() => {
    const byId = new Map([...listed, ...recent].map((flow) => [flow.id, flow]))
    return lastFailure([...byId.values()], connectionId)
  }, [listed, recent, connectionId])
}
