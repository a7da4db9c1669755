// An act asked for elsewhere, such as in the command palette, and done by the component that owns it.
import { useEffect, useRef } from 'react'
import type { Wish } from './store.ts'
import { grantdesk, useGrantdesk } from './store.ts'

/** Runs `grant` once when `act` is wished for this connection. */
export function useWish(connectionId: string, act: Wish['act'], grant: () => void): void {
  const wished = useGrantdesk(({ wish }) => wish?.connectionId === connectionId && wish.act === act)
  const latest = useRef(grant)
  latest.current = grant
  useEffect(() => {
    if (!wished || grantdesk.getState().wish === null) return
    grantdesk.getState().wishFor(null)
    latest.current()
  }, [wished])
}
