// One clock for all countdowns: ticks once a second while the page is seen, and not at all while it is hidden.
import { useSyncExternalStore } from 'react'

let now = Date.now()
let timer: ReturnType<typeof setInterval> | null = null
const listeners = new Set<() => void>()

function tick() {
  now = Date.now()
  for (const listener of listeners) listener()
}

function run() {
  const wanted = listeners.size > 0 && !document.hidden
  if (wanted && timer === null) {
    timer = setInterval(tick, 1000)
    tick()
  } else if (!wanted && timer !== null) {
    clearInterval(timer)
    timer = null
  }
}

function subscribe(listener: () => void) {
  if (listeners.size === 0) document.addEventListener('visibilitychange', run)
  listeners.add(listener)
  if (timer === null) queueMicrotask(run)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) document.removeEventListener('visibilitychange', run)
    run()
  }
}

/** Milliseconds since the epoch, in steps of `every` ms: a component is drawn again only when the step changes. */
export function useNow(every = 1000): number {
  return useSyncExternalStore(subscribe, () => Math.floor(now / every) * every)
}
