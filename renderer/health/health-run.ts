// A health check of all connections as it runs: begun from anywhere, it goes on while other screens are looked at.
import { createStore, useStore } from 'zustand'
import type { Door } from '../../contract/caller.ts'
import type { Health } from '../../contract/health.ts'
import { inParallel } from '../../contract/in-parallel.ts'
import { whenLocked } from '../state/when-locked.ts'

interface HealthRun {
  state: 'none' | 'running' | 'stopping' | 'done' | 'stopped'
  /** How many connections it is about. */
  total: number
  /** By connection id, as far as it came. */
  checked: ReadonlyMap<string, Health>
}

/** Asked side by side. */
const atATime = 4

const none: HealthRun = { state: 'none', total: 0, checked: new Map() }
const run = createStore<HealthRun>()(() => none)
let stop = new AbortController()
let door: Door | null = null
const asking = new Set<string>()

whenLocked(() => {
  stop.abort()
  run.setState(none)
})

/** The check as far as it came. */
export function useHealthRun(): HealthRun {
  return useStore(run)
}

/** Asks these connections anew; results of an earlier check go. Does nothing while one runs. */
export async function startHealthCheck(through: Door, connectionIds: string[]): Promise<void> {
  const { state } = run.getState()
  if (state === 'running' || state === 'stopping') return
  stop = new AbortController()
  const { signal } = stop
  door = through
  run.setState({ state: 'running', total: connectionIds.length, checked: new Map() })
  await inParallel(connectionIds, atATime, (id) => checkOne(through, id, signal), signal)
  // Locked meanwhile: there is nothing to tell.
  if (run.getState().state === 'none') return
  run.setState({ state: signal.aborted ? 'stopped' : 'done' })
}

/** Begins no other, and cancels what is being asked. */
export function stopHealthCheck(): void {
  run.setState({ state: 'stopping' })
  stop.abort()
  for (const id of asking) void door?.call('connections.cancel', { id })
}

async function checkOne(through: Door, id: string, signal: AbortSignal): Promise<void> {
  asking.add(id)
  const answer = await through.call('connections.checkHealth', { id })
  asking.delete(id)
  // One that was removed, or cancelled, has no health; where the vault was locked nothing is kept.
  if (!answer.ok || (signal.aborted && run.getState().state === 'none')) return
  const { checked } = run.getState()
  run.setState({ checked: new Map(checked).set(id, answer.value) })
}
