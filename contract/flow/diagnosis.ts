// What a rule concludes from a flow: what is wrong or odd, the evidence, the remedy, and what of it can be done here. Code
// goes by `rule` and `actions`; title, explanation and remedy are for the person.
import { z } from 'zod'
import { lazyObject, lazyUnion } from '../lazy-schema.ts'
import { redirectChoiceSchema } from '../redirect-uri.ts'
import { clientAuthenticationSchema, pkceSchema } from '../service.ts'
import { optionalFact } from './fact.ts'

/** A value that shows it, and where it stands. */
export const evidenceSchema = lazyObject(() => ({
  /** The event's id; `null` for what is known otherwise, such as a registered redirect URI. */
  event: z.string().nullable(),
  /** Where in the event, or what it is: `redirect_uri`, `status`, `WWW-Authenticate`, `registered`. */
  name: z.string(),
  value: z.string(),
  /** The part of `value` that matters: its start and end in UTF-16 units; `null` for all of it. */
  marked: optionalFact(z.tuple([z.number().int(), z.number().int()])),
}))
export type Evidence = z.infer<typeof evidenceSchema>

/** What an attempt to connect again does otherwise. Absent: as before. */
export const reconnectChangesSchema = lazyObject(() => ({
  /** Scopes to ask for besides those that were asked for. */
  addScopes: z.array(z.string()).optional(),
  /** The scopes to ask for. */
  scopes: z.array(z.string()).optional(),
  redirect: redirectChoiceSchema.optional(),
  clientAuthentication: clientAuthenticationSchema.optional(),
  pkce: pkceSchema.optional(),
  grantId: z.string().optional(),
  /** Parameters of the authorization request to add; an empty value leaves the parameter out. */
  parameters: z.record(z.string(), z.string()).optional(),
}))
export type ReconnectChanges = z.infer<typeof reconnectChangesSchema>

/** What can be done here at the press of a button. */
export const remedyActionSchema = lazyUnion('action', () => [
  /** Connects again: into the connection, or as the flow without one did. */
  z.object({ action: z.literal('reconnect'), connectionId: z.string().nullable(), changes: reconnectChangesSchema }),
  /** Reconnects with these scopes besides those it has, then sends the request again. */
  z.object({ action: z.literal('step_up'), connectionId: z.string(), scopes: z.array(z.string()) }),
  z.object({ action: z.literal('refresh'), connectionId: z.string() }),
  /** Does again what the flow did. */
  z.object({ action: z.literal('repeat') }),
  /** Opens the form for a new client secret. */
  z.object({ action: z.literal('replace_client_secret'), clientId: z.string() }),
  /** Opens the client: redirect URI, client id, client authentication method. */
  z.object({ action: z.literal('edit_client'), clientId: z.string() }),
  /** Opens the service's description. */
  z.object({ action: z.literal('edit_service'), serviceId: z.string() }),
  /** Opens the service's certificates: an authority to trust, or a client certificate. */
  z.object({ action: z.literal('certificates'), serviceId: z.string() }),
  z.object({ action: z.literal('choose_workspace'), connectionId: z.string() }),
  z.object({ action: z.literal('proxy_settings') }),
  z.object({
    action: z.literal('open_page'),
    page: z.enum(['registration', 'grants', 'documentation']),
    url: z.string(),
  }),
  z.object({ action: z.literal('copy'), what: z.enum(['redirect_uri', 'scopes']), value: z.string() }),
])
export type RemedyAction = z.infer<typeof remedyActionSchema>

export const diagnosisSchema = lazyObject(() => ({
  /** The rule's name, as its file's. */
  rule: z.string(),
  /** `cause`: why it failed. `likely`: the likeliest cause, where others are possible. `odd`: it went on, but look at this. */
  weight: z.enum(['cause', 'likely', 'odd']),
  /** What is wrong, in one sentence. */
  title: z.string(),
  /** Why that is so; may be empty. */
  explanation: z.string(),
  evidence: z.array(evidenceSchema),
  /** What the person can do, in one or two sentences. */
  remedy: z.string(),
  /** The first is the one to try. */
  actions: z.array(remedyActionSchema),
  specification: optionalFact(z.object({ name: z.string(), section: z.string(), url: z.string() })),
}))
export type Diagnosis = z.infer<typeof diagnosisSchema>
