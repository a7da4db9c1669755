// A flow with its events, kept up to date: fetched when it comes on screen, then each event as the host tells of it.
import { useEffect } from 'react'
import type { Failure } from '../../contract/failure.ts'
import type { KeptFlow } from '../../contract/flow/flow.ts'
import { useDoor } from '../state/door.tsx'
import { grantdesk, useGrantdesk } from '../state/store.ts'

interface FlowState {
  flow: KeptFlow | null
  failure: Failure | null
}

const empty: FlowState = { flow: null, failure: null }

/** `flow` and `failure` are both `null` while the answer is awaited, and when there is no id. */
export function useFlow(id: string | null): FlowState {
  const door = useDoor()
  // After a snapshot, as when the host was reached again, what was told meanwhile is not known.
  const snapshots = useGrantdesk((state) => state.snapshots)
  const followed = useGrantdesk((state) => (id === null ? undefined : state.followed[id]))

  useEffect(() => {
    if (id === null) return
    grantdesk.getState().follow(id)
    return () => grantdesk.getState().unfollow(id)
  }, [id])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new snapshot means that events may have been missed
  useEffect(() => {
    if (id === null) return
    let current = true
    void door.call('flows.get', { id }).then((answer) => {
      if (current) grantdesk.getState().receiveFlow(id, answer.ok ? answer.value : answer.failure)
    })
    return () => {
      current = false
    }
  }, [door, id, snapshots])

  return followed ?? empty
}
