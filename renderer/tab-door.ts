// The door of a browser tab: `POST /door` for calls, server-sent events for changes. Sends the header that proves that the host let
// this tab in; the cookie alone does not prove it, because browsers send it to every port of this machine.
import type { Door } from '../contract/caller.ts'
import { type Change, isChangeKind } from '../contract/change.ts'
import type { Failure } from '../contract/failure.ts'

export interface TabDoorOptions {
  fetch: typeof globalThis.fetch
  proof: string
  /** Told whenever the host begins or ceases to answer. */
  onReachable(reachable: boolean): void
  /** Told when the host does not, or no longer, let this tab in: only the address it printed helps. */
  onBarred(): void
  /** Pause before the stream is asked for again (ms). */
  reconnectDelay?: number
}

const gone: Failure = {
  kind: 'network',
  message: 'The Grantdesk host does not answer.',
  remedy: 'See whether `grantdesk serve` still runs; after a restart, open the address it prints.',
  code: null,
}

const barred = 401

/** The door of the host that served this page, with the `proof` that it gave. */
export function createTabDoor({ fetch, proof, onReachable, onBarred, reconnectDelay = 3_000 }: TabDoorOptions): Door {
  const headers = { 'grantdesk-proof': proof }

  /** Reads one stream to its end; answers whether another one may be asked for. */
  async function follow(onChange: (change: Change) => void, signal: AbortSignal): Promise<boolean> {
    const response = await fetch('/changes', { headers, credentials: 'same-origin', cache: 'no-store', signal })
    if (response.status === barred) return false
    if (!response.ok || !response.body) return true
    for await (const data of eventData(response.body)) {
      onReachable(true)
      // The host that served this page sent it, from the same types: to check a thousand connections member by member would
      // take longer than to show them. A kind that this page does not know yet is left alone.
      const change: Change = JSON.parse(data)
      if (isChangeKind(change.kind)) onChange(change)
    }
    return true
  }

  async function keepFollowing(onChange: (change: Change) => void, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const again = await follow(onChange, signal).catch(() => true)
      if (signal.aborted) return
      onReachable(false)
      if (!again) return onBarred()
      await new Promise((resolve) => setTimeout(resolve, reconnectDelay))
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
  // A snapshot is one line that comes in many pieces: each is looked through once.
  let begun: string[] = []
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const [first = '', ...lines] = value.split('\n')
      begun.push(first)
      for (const next of lines) {
        const line = begun.join('')
        begun = [next]
        if (line.startsWith('data: ')) yield line.slice('data: '.length)
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
