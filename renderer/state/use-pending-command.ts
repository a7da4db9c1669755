// A command given elsewhere, such as in the command palette, and carried out by the component that owns it.
import { useEffect, useRef } from 'react'
import type { PendingCommand } from './store.ts'
import { grantdesk, useGrantdesk } from './store.ts'

/** Runs `run` once when `command` is pending for this connection. */
export function usePendingCommand(
  connectionId: string,
  command: PendingCommand['command'],
  run: (pending: PendingCommand) => void,
): void {
  const isPending = useGrantdesk(
    ({ pendingCommand: pending }) => pending?.connectionId === connectionId && pending.command === command,
  )
  const latest = useRef(run)
  latest.current = run
  useEffect(() => {
    const { pendingCommand, requestCommand } = grantdesk.getState()
    if (!isPending || pendingCommand === null) return
    requestCommand(null)
    latest.current(pendingCommand)
  }, [isPending])
}
