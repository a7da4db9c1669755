// An application as the transports see one: answers what it is asked and notes who asked.
import type { Change, Snapshot } from '../../../../contract/change.ts'
import type { Caller } from '../../../../contract/connection.ts'
import type { Answer } from '../../../../contract/failure.ts'
import { usualSettings } from '../../../../contract/settings.ts'

export const sampleSnapshot: Snapshot = {
  host: {
    kind: 'serve',
    version: '0.0.0',
    platform: 'linux',
    vaultFile: '/nowhere/vault.json',
    clipboard: false,
    tellsOf: [],
  },
  vault: { state: 'new', why: 'Nothing yet.' },
  services: [],
  clients: [],
  connections: [],
  removed: [],
  attempts: [],
  flows: [],
  settings: usualSettings,
  damaged: [],
  exposed: [],
  webhooks: [],
  practice: { state: 'stopped' },
}

export interface SampleApp {
  calls: { name: string; input: unknown; caller: Caller }[]
  listeners: Set<(change: Change) => void>
  /** What `call` answers; by default the sample snapshot. */
  answer: (name: string) => Promise<Answer<unknown>>
  call(name: string, input: unknown, caller: Caller): Promise<Answer<unknown>>
  listen(onChange: (change: Change) => void): () => void
}

export function sampleApp(): SampleApp {
  const app: SampleApp = {
    calls: [],
    listeners: new Set(),
    answer: async () => ({ ok: true, value: sampleSnapshot }),
    call(name, input, caller) {
      app.calls.push({ name, input, caller })
      return app.answer(name)
    },
    listen(onChange) {
      onChange({ kind: 'snapshot', snapshot: sampleSnapshot })
      app.listeners.add(onChange)
      return () => app.listeners.delete(onChange)
    },
  }
  return app
}
