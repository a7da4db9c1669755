// The vault's kinds of records. A connection is two records, profile and tokens, so that listing decrypts no tokens.
import { z } from 'zod'
import { apiAnswerSchema } from '../contract/api-answer.ts'
import { certificateFactsSchema } from '../contract/certificates.ts'
import { grantAuthenticationSchema } from '../contract/client.ts'
import {
  accountSchema,
  connectionStatusSchema,
  reminderSchema,
  scopeChangeSchema,
  workspaceSchema,
} from '../contract/connection.ts'
import { introspectionSchema } from '../contract/introspection.ts'
import { lazyObject } from '../contract/lazy-schema.ts'
import { redirectChoiceSchema } from '../contract/redirect-uri.ts'
import { clientAuthenticationSchema, grantTypeSchema, pkceSchema, tokenPlacementSchema } from '../contract/service.ts'
import { settingsSchema } from '../contract/settings.ts'
import { storedFlowSchema } from './earlier-versions/flow.ts'
import { storedEntrySchema } from './earlier-versions/history-entry.ts'
import { storedServiceSchema } from './earlier-versions/service-description.ts'
import { secretCodec } from './secret.ts'

export const clientRecordSchema = lazyObject(() => ({
  name: z.string(),
  serviceId: z.string(),
  baseUrl: z.string(),
  clientId: z.string(),
  hasSecret: z.boolean(),
  /** Absent in records of earlier versions. See `isOrdinaryText`. */
  weakSecret: z.boolean().optional(),
  clientAuthentication: clientAuthenticationSchema,
  /** Methods that worked for a grant whose own method was refused. */
  grantAuthentication: grantAuthenticationSchema.default({}),
  pkce: pkceSchema.default('S256'),
  redirect: redirectChoiceSchema,
  /** Registered by the host at a practice service. */
  practice: z.boolean().default(false),
}))

const unknownOutcomeSchema = z.object({ since: z.number(), operation: z.enum(['refresh', 'revoke']) })

/** Earlier versions named the operation `act`. */
const outcomeUnknownSchema = z.codec(
  z.union([unknownOutcomeSchema, z.object({ since: z.number(), act: unknownOutcomeSchema.shape.operation })]),
  unknownOutcomeSchema,
  {
    decode: (stored) => ('act' in stored ? { since: stored.since, operation: stored.act } : stored),
    encode: (outcome) => outcome,
  },
)

export const connectionRecordSchema = lazyObject(() => ({
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
  /** The service's id of the client's installation, sent with each token request. */
  installation: z.string().nullable().default(null),
  resources: z.array(z.string()).default([]),
  /** How the token is sent, if not as service and grant say. */
  bearer: tokenPlacementSchema.nullable().default(null),
  testPath: z.string().nullable().default(null),
  /** What the token response or the redirect brought along for requests to the API, by name. */
  kept: z.record(z.string(), z.string()).default({}),
  /** The names of those that came with the redirect alone, which anyone may have written. */
  keptFromRedirect: z.array(z.string()).default([]),
  apiAnswer: apiAnswerSchema.nullable().default(null),
  introspection: introspectionSchema.optional(),
  status: connectionStatusSchema,
  scopes: z.object({
    requested: z.array(z.string()),
    granted: z.array(z.string()).nullable(),
    reported: z.array(z.string()).nullable(),
  }),
  /** Newest last, a bounded number. */
  scopeChanges: z.array(scopeChangeSchema).default([]),
  /** Extra parameters of the request that started the grant, and of every token request. */
  parameters: z.record(z.string(), z.string()),
  tokenParameters: z.record(z.string(), z.string()).default({}),
  tokenType: z.string(),
  /** Where the response held the access token, of several in one; absent in records of earlier versions. */
  tokenPlace: z.string().nullable().default(null),
  /** Connections whose tokens came in one response share it; `null` for the only token of one. */
  responseId: z.string().nullable().default(null),
  obtainedAt: z.number(),
  expiresAt: z.number().nullable(),
  /** The person said so; false where nobody knows. */
  neverExpires: z.boolean().default(false),
  refreshable: z.boolean(),
  refreshTokenObtainedAt: z.number().nullable(),
  refreshTokenExpiresAt: z.number().nullable(),
  /** Written before a refresh is sent: if still set at the next start, its response may have been lost. */
  refreshing: z.object({ since: z.number(), flowId: z.string() }).nullable(),
  /** Written before a revocation is sent: if still set at the next start, the tokens may have been revoked. */
  revoking: z.object({ since: z.number() }).nullable().default(null),
  autoRefresh: z.boolean().default(true),
  reminded: reminderSchema.nullable().default(null),
  /** An operation whose effect at the service is unknown; it may explain a later refusal. */
  outcomeUnknown: outcomeUnknownSchema.nullable().default(null),
  createdAt: z.number(),
  lastUsedAt: z.number().nullable(),
}))

export const tokensRecordSchema = lazyObject(() => ({
  accessToken: secretCodec,
  refreshToken: secretCodec.nullable(),
  /** Kept until the new access token has worked. */
  previousRefreshToken: secretCodec.nullable(),
  /** Replaced access and refresh tokens, newest first: never sent again, only hidden in responses. */
  replaced: z.array(secretCodec).default([]),
  /** The newest ID token. */
  idToken: secretCodec.optional(),
}))

/** Written before a service is asked for the first tokens: see connect-intents.ts. */
const connectIntentSchema = lazyObject(() => ({
  since: z.number(),
  flowId: z.string(),
  serviceId: z.string(),
  service: z.string(),
  clientId: z.string().nullable(),
  /** When reconnecting. */
  connectionId: z.string().nullable(),
  /** The service's page that lists its grants. */
  page: z.string().nullable(),
  /** Whether it is in the history. */
  told: z.boolean(),
}))

/** The person's certificates for a service, by its id: see service-certificates.ts. */
const serviceCertificatesRecordSchema = lazyObject(() => ({
  /** PEM. */
  authorities: z.string(),
  clientCertificate: z
    .object({
      key: z.discriminatedUnion('format', [
        z.object({ format: z.literal('pem'), certificate: z.string(), key: secretCodec }),
        z.object({ format: z.literal('pfx'), pfx: secretCodec, passphrase: secretCodec }),
      ]),
      facts: certificateFactsSchema,
    })
    .nullable(),
}))

/** Of a service's webhooks, by its id. */
const webhookRecordSchema = lazyObject(() => ({
  /** Where its listener was last, to be there again; `null` if it never listened. */
  place: z.object({ port: z.number().int(), path: z.string() }).nullable(),
  /** Oldest first. */
  secrets: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** The only workspace whose deliveries it signs; `null` for any. */
      workspaceId: z.string().nullable(),
      addedAt: z.number(),
      secret: secretCodec,
    }),
  ),
  /** Removed secrets, newest first: only hidden in what came while they were stored. */
  removed: z.array(secretCodec).default([]),
}))

export const recordSchemas = {
  service: storedServiceSchema,
  client: clientRecordSchema,
  client_secret: z.object({
    secret: secretCodec,
    /** Replaced secrets, newest first: never sent again, only hidden in responses. */
    replaced: z.array(secretCodec).default([]),
  }),
  connection: connectionRecordSchema,
  tokens: tokensRecordSchema,
  flow: storedFlowSchema,
  settings: settingsSchema,
  service_certificates: serviceCertificatesRecordSchema,
  /** For the proxy in the settings. */
  proxy_password: lazyObject(() => ({ password: secretCodec })),
  connect_intent: connectIntentSchema,
  webhook: webhookRecordSchema,
  /** A page of the history. Earlier versions kept a connection's whole history under its id, without a subject. */
  history: z.object({
    entries: z.array(storedEntrySchema),
    /** What it is about; `null` for the vault itself. */
    subject: z.object({ id: z.string(), name: z.string().nullable() }).nullable().optional(),
    closed: z.boolean().optional(),
  }),
}

export type RecordKind = keyof typeof recordSchemas
export type RecordValue<Kind extends RecordKind> = z.output<(typeof recordSchemas)[Kind]>
export type ClientRecord = RecordValue<'client'>
export type ConnectionRecord = RecordValue<'connection'>
export type ServiceCertificatesRecord = RecordValue<'service_certificates'>
export type WebhookRecord = RecordValue<'webhook'>
export type TokensRecord = RecordValue<'tokens'>

type Put = { [Kind in RecordKind]: { put: Kind; id: string; value: RecordValue<Kind> } }[RecordKind]
export type RecordChange = Put | { remove: RecordKind; id: string }

/** Encrypted records. Every call throws `vault_locked` while the vault is not open. */
export interface Records {
  read<Kind extends RecordKind>(kind: Kind, id: string): Promise<RecordValue<Kind> | undefined>
  /** Skips damaged records, which stay in the vault. */
  list<Kind extends RecordKind>(kind: Kind): Promise<{ id: string; value: RecordValue<Kind> }[]>
  /** Writes all of the changes or none; on disk when it returns. */
  write(changes: RecordChange[]): Promise<void>
}

/** Encrypts records as in the vault, to keep them elsewhere: they cannot be read while the vault is locked. */
export interface ApartRecords {
  sealApart<Kind extends RecordKind>(kind: Kind, id: string, value: RecordValue<Kind>): Promise<string>
  /** Throws `vault_broken` if it was encrypted by another vault or under another name. */
  openApart<Kind extends RecordKind>(kind: Kind, id: string, jwe: string): Promise<RecordValue<Kind>>
}

export interface NamedRecords extends Records {
  /** All ids, including damaged records. */
  ids(kind: RecordKind): Promise<string[]>
}
