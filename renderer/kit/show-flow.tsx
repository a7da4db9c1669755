// The way from a failure to the flow that it happened in, which opens at the step that failed.
import { Button } from '@mantine/core'
import { type Operation, operationKey } from '../state/started-flows.ts'
import { grantdesk, useGrantdesk } from '../state/store.ts'
import type { ToastInput } from '../state/toasts.ts'

/** Nothing where there is no flow, or it stands there already. */
export function ShowFlow({ flowId }: { flowId: string | null }) {
  const isOpen = useGrantdesk((state) => state.openFlowId === flowId)
  if (flowId === null || isOpen) return null
  return (
    <Button size="xs" variant="default" onClick={() => grantdesk.getState().openFlow(flowId)}>
      Show the flow
    </Button>
  )
}

/** The flow of what the person started last of this kind. */
export function ShowStartedFlow(operation: Operation) {
  const flowId = useGrantdesk(({ started }) => started[operationKey(operation)]?.flowId ?? null)
  return <ShowFlow flowId={flowId} />
}

/** The same for a toast. */
export function showStartedFlow(operation: Operation): Pick<ToastInput, 'action'> {
  const { started, openFlow } = grantdesk.getState()
  const flowId = started[operationKey(operation)]?.flowId
  return flowId ? { action: { label: 'Show the flow', run: () => openFlow(flowId) } } : {}
}
