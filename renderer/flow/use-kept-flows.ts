// All flows that are kept. The window holds only the newest; a screen that shows the others fetches them.
import { useEffect, useMemo, useState } from 'react'
import { useDoor } from '../state/door.tsx'
import { type Grantdesk, useGrantdesk } from '../state/store.ts'

export interface KeptFlows {
  /** The newest first. */
  flows: Grantdesk['flows']
  /** How many more there were. */
  noLongerKept: number
  /** Why they cannot be written down now, or `null`. */
  unwritten: string | null
  /** Whether the older ones are among them. */
  isWhole: boolean
}

export function useKeptFlows(): KeptFlows {
  const door = useDoor()
  const recent = useGrantdesk((state) => state.flows)
  const [listed, setListed] = useState<Omit<KeptFlows, 'isWhole'> | null>(null)
  useEffect(() => {
    let current = true
    void door.call('flows.list', {}).then((answer) => {
      if (current && answer.ok) setListed(answer.value)
    })
    return () => {
      current = false
    }
  }, [door])
  return useMemo(() => {
    const byId = new Map([...(listed?.flows ?? []), ...recent].map((flow) => [flow.id, flow]))
    const flows = [...byId.values()].sort((one, other) => other.startedAt - one.startedAt)
    const { noLongerKept, unwritten } = listed ?? { noLongerKept: 0, unwritten: null }
    return { flows, noLongerKept, unwritten, isWhole: listed !== null }
  }, [listed, recent])
}
