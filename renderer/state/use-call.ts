// A call through the door from a component, with its pending and failed state. Keeps no value: it may be a secret.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Answer, Failure } from '../../contract/failure.ts'
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '../../contract/procedures.ts'
import { useDoor } from './door.tsx'

export interface Call<Name extends ProcedureName> {
  /** Calls; the answer also stands in `failure` until the next call. Nothing is thrown. */
  call(input: ProcedureInput<Name>): Promise<Answer<ProcedureOutput<Name>>>
  pending: boolean
  failure: Failure | null
  /** Forgets the failure. */
  clear(): void
}

/** A procedure with its pending and failed state; the answer's value is only given back. */
export function useCall<Name extends ProcedureName>(name: Name): Call<Name> {
  const door = useDoor()
  const [pending, setPending] = useState(0)
  const [failure, setFailure] = useState<Failure | null>(null)
  const mounted = useRef(true)
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])
  const call = useCallback(
    async (input: ProcedureInput<Name>) => {
      setPending((count) => count + 1)
      setFailure(null)
      const answer = await door.call(name, input)
      if (mounted.current) {
        setPending((count) => count - 1)
        setFailure(answer.ok ? null : answer.failure)
      }
      return answer
    },
    [door, name],
  )
  const clear = useCallback(() => setFailure(null), [])
  return { call, pending: pending > 0, failure, clear }
}
