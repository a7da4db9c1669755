// Records that are written before a service is asked for the first tokens, and removed in the write that stores them. If the
// host is killed in between, they are the only trace of a grant that still exists at the service.
import type { Attempt } from '../../contract/attempt.ts'
import type { Caller } from '../../contract/connection.ts'
import type { AlongWith } from '../connections/client-draft.ts'
import { cutOffConnect } from '../flows/cut-off.ts'
import type { History } from '../history/history.ts'
import type { Clock } from '../ports.ts'
import type { RecordChange, Records, RecordValue } from '../records.ts'

type Intent = RecordValue<'connect_intent'>

export interface ConnectIntents {
  /** Call before the request that may return tokens. A failed write does not stop connecting. */
  write(attemptId: string, intent: Omit<Intent, 'since' | 'told'>): Promise<void>
  /** Its removal, as part of the write that stores the tokens. */
  removal(attemptId: string, alongWith?: AlongWith): AlongWith
  /** The attempt ended without tokens, or the person has seen the result. */
  remove(attemptId: string): Promise<void>
  /** Those that a killed host left, as failed attempts; each gets one history entry. */
  recover(): Promise<Attempt[]>
}

interface Dependencies {
  records: Records
  clock: Clock
  history: Pick<History, 'note'>
  /** `null` if the connection is gone. */
  nameOf(connectionId: string): string | null
}

const who: Caller = 'host'

export function createConnectIntents({ records, clock, history, nameOf }: Dependencies): ConnectIntents {
  const removed = (id: string): RecordChange => ({ remove: 'connect_intent', id })
  /** Those of attempts that are running in this host. */
  const own = new Set<string>()

  async function recordCutOff(id: string, intent: Intent): Promise<void> {
    const connectionId =
      intent.connectionId !== null && nameOf(intent.connectionId) !== null ? intent.connectionId : null
    const { message, remedy } = cutOffConnect(intent.service, intent.page)
    await history.note(connectionId, {
      caller: who,
      operation: 'connect',
      outcome: 'failed',
      detail: `${message} ${remedy ?? ''}`.trim(),
      flowId: intent.flowId,
    })
    await records.write([{ put: 'connect_intent', id, value: { ...intent, told: true } }])
  }

  return {
    async write(id, intent) {
      own.add(id)
      const value = { ...intent, since: clock.now(), told: false }
      await records.write([{ put: 'connect_intent', id, value }]).catch(() => undefined)
    },
    removal: (id, alongWith) => ({
      changes: () => [...(alongWith?.changes() ?? []), ...(own.has(id) ? [removed(id)] : [])],
      written() {
        own.delete(id)
        alongWith?.written()
      },
    }),
    async remove(id) {
      own.delete(id)
      if ((await records.read('connect_intent', id)) !== undefined) await records.write([removed(id)])
    },
    async recover() {
      const left = (await records.list('connect_intent')).filter(({ id }) => !own.has(id))
      for (const { id, value } of left) if (!value.told) await recordCutOff(id, value)
      return left.map(({ id, value }) => asAttempt(id, value))
    },
  }
}

function asAttempt(id: string, intent: Intent): Attempt {
  const { serviceId, clientId, flowId, since } = intent
  const common = { id, serviceId, clientId, flowId, startedAt: since }
  return { state: 'failed', ...common, failure: cutOffConnect(intent.service, intent.page) }
}
