// A health check of all connections as it runs: begun from anywhere, it goes on while other screens are looked at.
import { createStore, useStore } from 'zustand'
import type { Door } from '../../contract/caller.ts'
import { checkHealth, type HealthChecks } from '../../contract/check-health.ts'
import type { Health } from '../../contract/health.ts'
import { whenLocked } from '../state/when-locked.ts'

interface HealthRun {
  state: 'none' | 'running' | 'stopping' | 'done' | 'stopped'
  /** How many connections it is about. */
  total: number
  /** By connection id, as far as it came. */
  checked: ReadonlyMap<string, Health>
}

const none: HealthRun = { state: 'none', total: 0, checked: new Map() }
const run = createStore<HealthRun>()(() => none)
let checks: HealthChecks | null = null

whenLocked(() => {
  checks?.leave()
  run.setState(none)
})

/** The check as far as it came. */
export function useHealthRun(): HealthRun {
  return useStore(run)
}

/** Asks these connections anew; results of an earlier check go. Does nothing while one runs. */
export async function startHealthCheck(door: Door, connectionIds: string[]): Promise<void> {
  const { state } = run.getState()
  if (state === 'running' || state === 'stopping') return
  run.setState({ state: 'running', total: connectionIds.length, checked: new Map() })
  checks = checkHealth(door, connectionIds, (id, answer) => {
    // One that was removed, or cancelled, has no health; where the vault was locked nothing is kept.
    if (!answer.ok || run.getState().state === 'none') return
    run.setState({ checked: new Map(run.getState().checked).set(id, answer.value) })
  })
  const isWhole = await checks.done
  // Locked meanwhile: there is nothing to tell.
  if (run.getState().state === 'none') return
  run.setState({ state: isWhole ? 'done' : 'stopped' })
}

/** Begins no other, and cancels what is being asked. */
export function stopHealthCheck(): void {
  run.setState({ state: 'stopping' })
  checks?.stop()
}
