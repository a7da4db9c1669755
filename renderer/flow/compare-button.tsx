// Leads from a flow to its comparison with the last good one of its kind, where there is one.
import { Button } from '@mantine/core'
import { counterpartOf } from '../../contract/flow/compare/counterpart.ts'
import type { FlowSummary } from '../../contract/flow/flow.ts'
import { grantdesk } from '../state/store.ts'
import { useKeptFlows } from './use-kept-flows.ts'

export function CompareButton({ flow }: { flow: FlowSummary }) {
  const { flows } = useKeptFlows()
  const other = flow.outcome === 'running' ? null : counterpartOf(flow, flows)
  if (other === null) return null
  return (
    <Button
      size="compact-xs"
      variant="default"
      onClick={() => grantdesk.getState().go({ name: 'compare', left: other.id, right: flow.id })}
    >
      Compare with {flow.outcome === 'succeeded' ? 'the one before' : 'last good'}
    </Button>
  )
}
