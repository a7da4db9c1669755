// What the rules say of a flow, asked once it has ended, and again when more of it came.
import { useEffect, useState } from 'react'
import type { Diagnosis } from '../../contract/flow/diagnosis.ts'
import type { Flow } from '../../contract/flow/flow.ts'
import { useDoor } from '../state/door.tsx'

const none: Diagnosis[] = []

interface Diagnosed {
  /** The surest first; empty while the flow runs, and until the answer is there. */
  diagnoses: Diagnosis[]
  /** Whether the answer is there: until then no button is offered that another would take the place of. */
  isAnswered: boolean
}

export function useDiagnoses(flow: Pick<Flow, 'id' | 'outcome' | 'events'> | null): Diagnosed {
  const door = useDoor()
  const [said, setSaid] = useState<{ id: string; diagnoses: Diagnosis[] } | null>(null)
  const id = flow === null || flow.outcome === 'running' ? null : flow.id
  const count = flow?.events.length ?? 0

  // biome-ignore lint/correctness/useExhaustiveDependencies: another event may say more
  useEffect(() => {
    if (id === null) return
    let current = true
    void door.call('flows.diagnose', { id }).then((answer) => {
      // Where none can be had, the flow and its failure still say what happened.
      if (!current) return
      if (answer.ok) setSaid({ id, diagnoses: answer.value })
      else setSaid((before) => (before?.id === id ? before : { id, diagnoses: none }))
    })
    return () => {
      current = false
    }
  }, [door, id, count])

  const isAnswered = said !== null && said.id === id
  return { diagnoses: isAnswered ? said.diagnoses : none, isAnswered }
}
