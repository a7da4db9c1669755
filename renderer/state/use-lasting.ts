// Shows a waiting message only if the wait lasts: most end before anybody could read it.
import { useEffect, useState } from 'react'

/** Whether `is` has been true for `ms` without a break. */
export function useLasting(is: boolean, ms: number): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!is) return
    const timer = setTimeout(() => setLasting(true), ms)
    return () => {
      clearTimeout(timer)
      setLasting(false)
    }
  }, [is, ms])
  return is && lasting
}
