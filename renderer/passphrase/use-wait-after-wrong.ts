// How long the next passphrase still waits after a wrong one, counting down.
import { useEffect, useState } from 'react'
import type { Failure } from '../../contract/failure.ts'

/** Milliseconds left, 0 where nothing waits; a new failure begins anew. */
export function useWaitAfterWrong(failure: Failure | null): number {
  const [left, setLeft] = useState(0)
  useEffect(() => {
    const waits = failure?.kind === 'wrong_passphrase' ? (failure.waits ?? 0) : 0
    const end = performance.now() + waits
    setLeft(waits)
    if (waits === 0) return
    const timer = setInterval(() => {
      const now = Math.max(0, end - performance.now())
      setLeft(now)
      if (now === 0) clearInterval(timer)
    }, 250)
    return () => clearInterval(timer)
  }, [failure])
  return left
}
