// The flow that failed last, until the connection works again.
import { Button } from '@mantine/core'
import type { FlowSummary } from '../../contract/flow/flow.ts'
import { flowTitle } from '../../contract/flow/words.ts'
import { RelativeTime } from '../kit/countdown.tsx'
import { ToneShape } from '../kit/state-badge.tsx'
import { useGrantdesk } from '../state/store.ts'
import classes from './last-failure.module.css'

export function LastFailure({ flow }: { flow: FlowSummary }) {
  const openFlow = useGrantdesk((state) => state.openFlow)
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
