// The door of a browser tab: `POST /door` for calls, a stream of server-sent events for changes. Owns the header that proves
// that this tab was let in; the cookie alone does not, because browsers send it to every port of this machine.
import type { Door } from '../contract/caller.ts'
import { type Change, changeSchema } from '../contract/change.ts'
import type { Failure } from '../contract/failure.ts'

export interface TabDoorOptions {
  fetch: typeof globalThis.fetch
  proof: string
  /** Told whenever the host begins or ceases to answer. */
  onReachable(reachable: boolean): void
  /** Told when the host does not, or no longer, let this tab in: only the address it printed helps. */
  onBarred(): void
  /** Pause before the stream is asked for again (ms). */
  patience?: number
}

const gone: Failure = {
  kind: 'network',
  message: 'The Grantdesk host does not answer.',
  remedy: 'See whether `grantdesk serve` still runs; after a restart, open the address it prints.',
  code: null,
}

const barred = 401

/** The door of the host that served this page, with the `proof` that it gave. */
export function createTabDoor({ fetch, proof, onReachable, onBarred, patience = 3_000 }: TabDoorOptions): Door {
  const headers = { 'grantdesk-proof': proof }

  /** Reads one stream to its end; answers whether another one may be asked for. */
  async function follow(onChange: (change: Change) => void, signal: AbortSignal): Promise<boolean> {
    const response = await fetch('/changes', { headers, credentials: 'same-origin', cache: 'no-store', signal })
    if (response.status === barred) return false
    if (!response.ok || !response.body) return true
    for await (const data of eventData(response.body)) {
      onReachable(true)
      onChange(changeSchema.parse(JSON.parse(data)))
    }
    return true
  }

  async function keepFollowing(onChange: (change: Change) => void, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const again = await follow(onChange, signal).catch(() => true)
      if (signal.aborted) return
      onReachable(false)
      if (!again) return onBarred()
      await new Promise((resolve) => setTimeout(resolve, patience))
    }
  }

  return {
    async call(procedure, input) {
      try {
        const response = await fetch('/door', {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          credentials: 'same-origin',
          body: JSON.stringify({ procedure, input }),
        })
        if (response.status === barred) onBarred()
        return (await response.json()) as never
      } catch {
        return { ok: false, failure: gone }
      }
    },
    listen(onChange) {
      const end = new AbortController()
      void keepFollowing(onChange, end.signal)
      return () => end.abort()
    },
  }
}

/** The data of each server-sent event, as our host writes them: one `data:` line each, comments between. */
async function* eventData(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string, void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let begun = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const lines = (begun + value).split('\n')
      begun = lines.pop() ?? ''
      for (const line of lines) if (line.startsWith('data: ')) yield line.slice('data: '.length)
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
