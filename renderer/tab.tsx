// The entry in a browser tab: the door is `POST /door` for calls and server-sent events for changes.
import './policy.ts'
import type { Door } from '../contract/caller.ts'
import { changeSchema } from '../contract/change.ts'
import type { Failure } from '../contract/failure.ts'
import { draw } from './draw.tsx'
import { grantdesk } from './state/store.ts'

const gone: Failure = {
  kind: 'network',
  message: 'The Grantdesk host does not answer.',
  remedy: 'See whether `grantdesk serve` still runs; after a restart, open the address it prints.',
  code: null,
}

const door: Door = {
  async call(procedure, input) {
    try {
      const response = await fetch('/door', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        credentials: 'same-origin',
        body: JSON.stringify({ procedure, input }),
      })
      return await response.json()
    } catch {
      return { ok: false, failure: gone }
    }
  },
  listen(onChange) {
    let source: EventSource
    let again: ReturnType<typeof setTimeout> | undefined
    const open = () => {
      source = new EventSource('/changes')
      source.onmessage = (event) => {
        grantdesk.getState().setReachable(true)
        onChange(changeSchema.parse(JSON.parse(event.data)))
      }
      source.onerror = () => {
        grantdesk.getState().setReachable(false)
        // A refusal closes the source for good; a host that was started again may let this tab in.
        if (source.readyState === EventSource.CLOSED) again = setTimeout(open, 3000)
      }
    }
    open()
    return () => {
      clearTimeout(again)
      source.close()
    }
  },
}

draw(door)
