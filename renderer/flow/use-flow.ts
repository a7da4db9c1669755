// A flow with its steps, kept up to date: the host announces that it changed, then it is fetched again.
import { useEffect, useState } from 'react'
import type { Failure } from '../../contract/failure.ts'
import type { Flow } from '../../contract/flow.ts'
import { useDoor } from '../state/door.tsx'
import { useGrantdesk } from '../state/store.ts'

interface FlowState {
  flow: Flow | null
  failure: Failure | null
}

const empty: FlowState = { flow: null, failure: null }

/** `flow` and `failure` are both `null` while the first answer is awaited, and when there is no id. */
export function useFlow(id: string | null): FlowState {
  const door = useDoor()
  const summary = useGrantdesk((state) => (id === null ? undefined : state.flows.find((flow) => flow.id === id)))
  const [state, setState] = useState(empty)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new summary means that the flow has changed
  useEffect(() => {
    if (id === null) return
    let current = true
    void door.call('flows.get', { id }).then((answer) => {
      if (!current) return
      setState(answer.ok ? { flow: answer.value, failure: null } : { flow: null, failure: answer.failure })
    })
    return () => {
      current = false
    }
  }, [door, id, summary])

  return state.flow !== null && state.flow.id !== id ? empty : state
}
