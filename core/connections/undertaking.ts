// One attempt to connect, as it was begun: what was asked for, by whom, with which client, into which flow.
import type { ConnectInput } from '../../contract/attempt.ts'
import type { Caller } from '../../contract/connection.ts'
import type { Grant, Service } from '../../contract/service.ts'
import type { Recording } from '../flows/recording.ts'
import type { ClientRecord } from '../records.ts'
import type { Secret } from '../secret.ts'

/** All that one attempt knows; made once, never changed. */
export interface Undertaking {
  id: string
  caller: Caller
  input: ConnectInput
  service: Service
  grant: Grant
  client: ClientRecord
  /** Stores the client as it was used; answers the id of its record. What was typed wrong never replaces what works. */
  keepClient: () => Promise<string>
  clientSecret: Secret | null
  recording: Recording
  signal: AbortSignal
  common: { id: string; serviceId: string; clientId: string; flowId: string; startedAt: number }
}
