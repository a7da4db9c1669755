// What the vault holds, kind by kind. A connection is two records, profile and tokens, so that listing opens no token.
import { z } from 'zod'
import { apiAnswerSchema } from '../contract/api-answer.ts'
import { grantAuthenticationSchema, redirectChoiceSchema } from '../contract/client.ts'
import {
  accountSchema,
  connectionStatusSchema,
  historyEntrySchema,
  reminderSchema,
  scopeChangeSchema,
  workspaceSchema,
} from '../contract/connection.ts'
import { clientAuthenticationSchema, grantTypeSchema, pkceSchema, tokenPlacementSchema } from '../contract/service.ts'
import { settingsSchema } from '../contract/settings.ts'
import { storedFlowSchema } from './flows/legacy-flow.ts'
import { secretCodec } from './secret.ts'
import { storedServiceSchema } from './services/description-versions.ts'

export const clientRecordSchema = z.object({
  name: z.string(),
  serviceId: z.string(),
  baseUrl: z.string(),
  clientId: z.string(),
  hasSecret: z.boolean(),
  clientAuthentication: clientAuthenticationSchema,
  /** Methods that proved right for a grant whose own method was refused. */
  grantAuthentication: grantAuthenticationSchema.default({}),
  pkce: pkceSchema.default('S256'),
  redirect: redirectChoiceSchema,
  /** Registered by the host at a practice service; absent in the records of an earlier Grantdesk. */
  practice: z.boolean().optional(),
})

export const connectionRecordSchema = z.object({
  name: z.string(),
  tags: z.array(z.string()),
  serviceId: z.string(),
  baseUrl: z.string(),
  /** Id of the client record; `null` for a static token. */
  clientId: z.string().nullable(),
  grantId: z.string(),
  grantType: grantTypeSchema,
  account: accountSchema.nullable(),
  workspace: workspaceSchema.nullable(),
  workspaces: z.array(workspaceSchema).default([]),
  /** The person's answers to the grant's inputs. */
  answers: z.record(z.string(), z.string()).default({}),
  /** The service's own name for where the client was installed, to be sent again with each token request. */
  installation: z.string().nullable().default(null),
  resources: z.array(z.string()).default([]),
  /** Where it is sent otherwise than service and grant say. */
  bearer: tokenPlacementSchema.nullable().default(null),
  testPath: z.string().nullable().default(null),
  apiAnswer: apiAnswerSchema.nullable().default(null),
  status: connectionStatusSchema,
  scopes: z.object({
    requested: z.array(z.string()),
    granted: z.array(z.string()).nullable(),
    reported: z.array(z.string()).nullable(),
  }),
  /** Newest last, a bounded number. */
  scopeChanges: z.array(scopeChangeSchema).default([]),
  /** Extra parameters of the request that began the grant, and of every token request. */
  parameters: z.record(z.string(), z.string()),
  tokenParameters: z.record(z.string(), z.string()).default({}),
  tokenType: z.string(),
  obtainedAt: z.number(),
  expiresAt: z.number().nullable(),
  refreshable: z.boolean(),
  refreshTokenObtainedAt: z.number().nullable(),
  refreshTokenExpiresAt: z.number().nullable(),
  /** Written before a refresh is sent: on the next start it says that an answer may have been lost. */
  refreshing: z.object({ since: z.number(), flowId: z.string() }).nullable(),
  /** Written before a revocation is sent: on the next start it says that the tokens may be revoked. */
  revoking: z.object({ since: z.number() }).nullable().default(null),
  autoRefresh: z.boolean().default(true),
  reminded: reminderSchema.nullable().default(null),
  /** An act whose effect at the service is not known; a refusal that follows may be its doing. */
  outcomeUnknown: z
    .object({ since: z.number(), act: z.enum(['refresh', 'revoke']) })
    .nullable()
    .default(null),
  createdAt: z.number(),
  lastUsedAt: z.number().nullable(),
})

export const tokensRecordSchema = z.object({
  accessToken: secretCodec,
  refreshToken: secretCodec.nullable(),
  /** The one before, kept until the new access token has worked. */
  previousRefreshToken: secretCodec.nullable(),
  /** Access and refresh tokens that were replaced, the newest first: never sent again, and hidden where a service repeats them. */
  replaced: z.array(secretCodec).default([]),
})

/** Written before a service is asked for first tokens: see connect-intents.ts. */
const connectIntentSchema = z.object({
  since: z.number(),
  flowId: z.string(),
  serviceId: z.string(),
  service: z.string(),
  clientId: z.string().nullable(),
  /** Of a reconnection. */
  connectionId: z.string().nullable(),
  /** Where the service lists what it granted. */
  page: z.string().nullable(),
  /** It stands in the history. */
  told: z.boolean(),
})

export const recordSchemas = {
  service: storedServiceSchema,
  client: clientRecordSchema,
  client_secret: z.object({
    secret: secretCodec,
    /** Those that were replaced, the newest first: never sent again, and hidden where a service repeats them. */
    replaced: z.array(secretCodec).default([]),
  }),
  connection: connectionRecordSchema,
  tokens: tokensRecordSchema,
  flow: storedFlowSchema,
  settings: settingsSchema,
  connect_intent: connectIntentSchema,
  /** One page of it. An earlier Grantdesk kept a connection's whole history under its id, without a subject. */
  history: z.object({
    entries: z.array(historyEntrySchema),
    /** Whose; `null` for the vault's own. */
    subject: z.object({ id: z.string(), name: z.string().nullable() }).nullable().optional(),
    closed: z.boolean().optional(),
  }),
}

export type RecordKind = keyof typeof recordSchemas
export type RecordValue<Kind extends RecordKind> = z.output<(typeof recordSchemas)[Kind]>
export type ClientRecord = RecordValue<'client'>
export type ConnectionRecord = RecordValue<'connection'>
export type TokensRecord = RecordValue<'tokens'>

type Put = { [Kind in RecordKind]: { put: Kind; id: string; value: RecordValue<Kind> } }[RecordKind]
export type RecordChange = Put | { remove: RecordKind; id: string }

/** Sealed records. Every call throws `vault_locked` while the vault is not open. */
export interface Records {
  read<Kind extends RecordKind>(kind: Kind, id: string): Promise<RecordValue<Kind> | undefined>
  /** Without those that are damaged: each costs only itself, and stays where it is. */
  list<Kind extends RecordKind>(kind: Kind): Promise<{ id: string; value: RecordValue<Kind> }[]>
  /** All of the changes or none, on disk when it returns. */
  write(changes: RecordChange[]): Promise<void>
}

/** Records sealed as they would lie in the vault, for keeping them elsewhere: what is sealed so stays so while it is locked. */
export interface ApartRecords {
  sealApart<Kind extends RecordKind>(kind: Kind, id: string, value: RecordValue<Kind>): Promise<string>
  /** Throws `vault_broken` for what another vault sealed, or for another place. */
  openApart<Kind extends RecordKind>(kind: Kind, id: string, jwe: string): Promise<RecordValue<Kind>>
}

export interface NamedRecords extends Records {
  /** Of all that lies there, damaged ones too. */
  ids(kind: RecordKind): Promise<string[]>
}
