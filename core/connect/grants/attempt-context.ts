// What an attempt to connect starts with: the person's input, the caller, the client, the flow.
import type { ConnectInput } from '../../../contract/attempt.ts'
import type { Caller } from '../../../contract/connection.ts'
import type { Grant, Service } from '../../../contract/service.ts'
import type { AlongWith } from '../../connections/client-draft.ts'
import type { Operations } from '../../connections/operations.ts'
import type { Recording } from '../../flows/recording.ts'
import type { ClientRecord } from '../../records.ts'
import type { Secret } from '../../secret.ts'

/** What the person chose, without secrets. */
export type Choice = Omit<ConnectInput, 'client' | 'place' | 'username' | 'password' | 'token'>

/** The client of an attempt; a static token has none. */
export interface UsedClient {
  record: ClientRecord
  secret: Secret | null
}

/** A static token as the person entered it. */
export interface HandedToken extends Omit<NonNullable<ConnectInput['token']>, 'value'> {
  value: Secret
}

/** Everything about one attempt; immutable. */
export interface AttemptContext {
  id: string
  caller: Caller
  input: Choice
  service: Service
  grant: Grant
  baseUrl: string
  client: UsedClient | null
  /** Stores the client together with the tokens, so that a mistyped client never replaces one that works. */
  alongWith: AlongWith | undefined
  login: { username: string; password: Secret } | null
  token: HandedToken | null
  /** The account to propose when reconnecting. */
  loginHint: string | null
  /** Of several tokens in one response, the place of the one that the reconnected connection has. */
  tokenPlace: string | null
  recording: Recording
  /** Serializes work on a connection's tokens; allowed for this attempt even while the vault is closing. */
  onTokens: Operations['onTokens']
  signal: AbortSignal
  /** Call before the request that may return tokens. */
  writeIntent(): Promise<void>
  common: { id: string; serviceId: string; clientId: string | null; flowId: string; startedAt: number }
}
