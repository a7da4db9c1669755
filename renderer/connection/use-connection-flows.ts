// The flows of a connection. The window holds only the newest flows of all; those of the connection are fetched once.
import { useEffect, useMemo, useState } from 'react'
import type { FlowSummary } from '../../contract/flow/flow.ts'
import { useDoor } from '../state/door.tsx'
import { useGrantdesk } from '../state/store.ts'

export function useConnectionFlows(connectionId: string): FlowSummary[] {
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
    return [...byId.values()].filter((flow) => flow.connectionId === connectionId)
  }, [listed, recent, connectionId])
}
