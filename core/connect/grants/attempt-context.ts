// One attempt to connect, as it was begun: what was asked for, by whom, with which client, into which flow.
import type { ConnectInput } from '../../../contract/attempt.ts'
import type { Caller } from '../../../contract/connection.ts'
import type { Grant, Service } from '../../../contract/service.ts'
import type { AlongWith } from '../../connections/client-draft.ts'
import type { Operations } from '../../connections/operations.ts'
import type { Recording } from '../../flows/recording.ts'
import type { ClientRecord } from '../../records.ts'
import type { Secret } from '../../secret.ts'

/** What the person chose, without what is secret of it. */
export type Choice = Omit<ConnectInput, 'client' | 'place' | 'username' | 'password' | 'token'>

/** The client of an attempt; a static token has none. */
export interface UsedClient {
  record: ClientRecord
  secret: Secret | null
}

/** A token as the person handed it over. */
export interface HandedToken extends Omit<NonNullable<ConnectInput['token']>, 'value'> {
  value: Secret
}

/** All that one attempt knows; made once, never changed. */
export interface AttemptContext {
  id: string
  caller: Caller
  input: Choice
  service: Service
  grant: Grant
  baseUrl: string
  client: UsedClient | null
  /** The client as it was used, to be stored with the tokens: what was typed wrong never replaces what works. */
  alongWith: AlongWith | undefined
  login: { username: string; password: Secret } | null
  token: HandedToken | null
  recording: Recording
  /** Turns on the tokens of a connection, which this attempt is let take even while the vault is closing. */
  onTokens: Operations['onTokens']
  signal: AbortSignal
  /** Written down before the request that may bring tokens is sent. */
  writeIntent(): Promise<void>
  common: { id: string; serviceId: string; clientId: string | null; flowId: string; startedAt: number }
}
