// The door: every procedure a caller may ask for, with what goes in and what comes out.
// Adding one touches this table and one file of core/procedures/, nothing else.
import { z } from 'zod'
import { accountDecisionSchema, attemptSchema, connectInputSchema } from './attempt.ts'
import { backupContentsSchema, backupEntrySchema, deliveredTextSchema, leftOutSchema, longestBackup } from './backup.ts'
import { snapshotSchema } from './change.ts'
import { clientCheckSchema, clientInputSchema, clientViewSchema } from './client.ts'
import {
  connectionViewSchema,
  namedTokenSchema,
  revocationSchema,
  scopeChangeSchema,
  tokenInspectionSchema,
} from './connection.ts'
import { discoverySchema } from './discovery.ts'
import { flowSummarySchema, keptFlowSchema } from './flow/flow.ts'
import { historyFilterSchema, listedEntrySchema, longestListing } from './history.ts'
import { practiceStatusSchema } from './practice.ts'
import { answerPieceSchema, requestInputSchema, requestResultSchema } from './request.ts'
import { clientAuthenticationSchema, serviceViewSchema } from './service.ts'
import { settingsSchema } from './settings.ts'
import { shortestPassphrase, vaultStatusSchema } from './vault.ts'

const nothing = z.object({})
const byId = z.object({ id: z.string().max(200) })
/** A connection's name, its id, or the beginning of either. */
const byName = z.object({ name: z.string().max(500) })
const passphrase = z.string().min(1).max(1000)

function procedure<Input extends z.ZodType, Output extends z.ZodType>(input: Input, output: Output) {
  return { input, output }
}

export const procedures = {
  'app.snapshot': procedure(nothing, snapshotSchema),
  /** A hand at keyboard or mouse in a tab, which counts as use; what a page asks for by itself does not. */
  'app.used': procedure(nothing, nothing),
  'settings.save': procedure(settingsSchema, settingsSchema),
  /** Opens a page of a known service, or https in general, in the system's browser. */
  'links.open': procedure(z.object({ url: z.string().max(8000) }), nothing),

  /** As the snapshot has it, for a caller that wants to know no more. */
  'vault.status': procedure(nothing, vaultStatusSchema),
  /** Makes the vault where no keychain can protect it. */
  'vault.create': procedure(
    z.object({ passphrase: passphrase.min(shortestPassphrase, `At least ${shortestPassphrase} characters.`) }),
    vaultStatusSchema,
  ),
  'vault.unlock': procedure(z.object({ passphrase }), vaultStatusSchema),
  /** Asks the keychain again, after the person unlocked it. */
  'vault.retry': procedure(nothing, vaultStatusSchema),
  'vault.lock': procedure(nothing, vaultStatusSchema),
  /** Puts the last good copy in a damaged file's place and opens it; `damaged` is where that file is kept from now on. */
  /** `damaged` is where a damaged file is kept; `mended` and `left` are the records of a file that could be read. */
  'vault.recover': procedure(
    nothing,
    z.object({
      vault: vaultStatusSchema,
      damaged: z.string().nullable(),
      mended: z.array(leftOutSchema),
      left: z.array(leftOutSchema),
    }),
  ),
  /** Sets a passphrase, or changes it: then `present` has to be right. */
  'vault.setPassphrase': procedure(
    z.object({
      passphrase: passphrase.min(shortestPassphrase, `At least ${shortestPassphrase} characters.`),
      present: passphrase.optional(),
    }),
    vaultStatusSchema,
  ),
  /** Puts the vault's key into this host's keychain. */
  'vault.addKeychain': procedure(nothing, vaultStatusSchema),
  /** Takes away one way to open it; a `conflict` for the last. */
  'vault.removeSlot': procedure(byId, vaultStatusSchema),

  /**
   * Everything that a person would miss, in one file that a passphrase seals (a compact JWE, PBES2-HS512+A256KW). Where the
   * vault has a passphrase, `present` has to be right. `leftOut` is what was damaged and is not in it.
   */
  'backup.make': procedure(
    z.object({
      passphrase: passphrase.min(shortestPassphrase, `At least ${shortestPassphrase} characters.`),
      present: passphrase.optional(),
    }),
    deliveredTextSchema.extend({ leftOut: z.array(leftOutSchema) }),
  ),
  /** What a backup holds, compared with what is here; changes nothing. */
  'backup.inspect': procedure(z.object({ text: z.string().max(longestBackup), passphrase }), backupContentsSchema),
  /** Restores what is new, and those connections that are named; what is here is never overwritten. */
  'backup.restore': procedure(
    z.object({
      text: z.string().max(longestBackup),
      passphrase,
      connections: z.array(z.string().max(200)).max(10_000).optional(),
    }),
    z.object({ restored: z.array(backupEntrySchema), left: z.array(backupEntrySchema) }),
  ),

  /**
   * Adds or changes a service by the text of its description. One that would take the place of another service, or send
   * stored secrets elsewhere, is a `conflict` until the person says `replace`; `edited` says that it is a service of the
   * person's own as they changed it, which is asked about where secrets would go elsewhere alone.
   */
  'services.import': procedure(
    z.object({
      text: z.string().max(500_000),
      replace: z.boolean().default(false),
      edited: z.boolean().default(false),
    }),
    serviceViewSchema,
  ),
  /** The description of a service as a file for others; it holds no secret. */
  'services.export': procedure(byId, z.object({ text: z.string(), fileName: z.string() })),
  /** The JSON Schema of such a file, for editors. */
  'services.schema': procedure(nothing, deliveredTextSchema),
  /** Asks an issuer what it offers (RFC 8414, OpenID Connect Discovery); stores nothing. */
  'services.discover': procedure(z.object({ url: z.string().max(2000) }), discoverySchema),
  /** Whether a webhook's signature fits its raw body under the webhook's secret; keeps none of them. */
  'services.checkSignature': procedure(
    z.object({
      id: z.string().max(200),
      signature: z.string().trim().min(1).max(2000),
      secret: z.string().min(1).max(4000),
      body: z.string().max(2_000_000),
    }),
    z.object({ fits: z.boolean() }),
  ),
  /** Takes out an imported service; an adjusted one becomes the built-in one again. */
  'services.remove': procedure(byId, nothing),

  'clients.save': procedure(clientInputSchema, clientViewSchema),
  'clients.remove': procedure(byId, nothing),
  /** Refreshes each connection of a client, to see which the service still accepts. */
  'clients.check': procedure(byId, z.object({ results: z.array(clientCheckSchema) })),

  'connect.start': procedure(connectInputSchema, attemptSchema),
  /** The code, or the whole redirected URL, from a browser elsewhere. */
  'connect.answer': procedure(z.object({ id: z.string(), text: z.string().min(1).max(20_000) }), attemptSchema),
  'connect.browse': procedure(byId, nothing),
  'connect.cancel': procedure(byId, nothing),
  /** What becomes of tokens of another account than the connection's. */
  'connect.decide': procedure(z.object({ id: z.string().max(200), choice: accountDecisionSchema }), attemptSchema),
  /** Forgets an attempt that ended. */
  'connect.dismiss': procedure(byId, nothing),

  /** The one that is called so; a `conflict` names the candidates where several are. */
  'connections.named': procedure(byName, connectionViewSchema),
  'connections.rename': procedure(
    z.object({ id: z.string(), name: z.string().trim().min(1, 'A name is missing.').max(80) }),
    connectionViewSchema,
  ),
  'connections.tag': procedure(
    z.object({ id: z.string(), tags: z.array(z.string().trim().min(1).max(40)).max(20) }),
    connectionViewSchema,
  ),
  /** Forgets the tokens here; they go on working at the service. Can be undone until the host stops. */
  'connections.remove': procedure(byId, nothing),
  'connections.restore': procedure(byId, connectionViewSchema),
  /**
   * Another client authentication method than the client's is tried with this one refresh, and kept with the client if it
   * worked; where the service refuses it too, the client and the connection stay as they were.
   */
  'connections.refresh': procedure(
    byId.extend({ clientAuthentication: clientAuthenticationSchema.optional() }),
    connectionViewSchema,
  ),
  'connections.revoke': procedure(byId, revocationSchema),
  'connections.identify': procedure(byId, connectionViewSchema),
  /**
   * Ends what waits on it now, whoever asked for it: a pause before another try, a request without an answer. All of them
   * get `cancelled`, which says where the service may have acted all the same. Nothing where nothing waits.
   */
  'connections.cancel': procedure(byId, nothing),
  /** Which of the workspaces that the token reaches is meant from now on. */
  'connections.chooseWorkspace': procedure(
    z.object({ id: z.string().max(200), workspaceId: z.string().max(500) }),
    connectionViewSchema,
  ),
  /** By its slug or an address of it, for a token whose workspaces the API does not list; an empty text takes it away. */
  'connections.nameWorkspace': procedure(
    z.object({ id: z.string().max(200), workspace: z.string().trim().max(2000) }),
    connectionViewSchema,
  ),
  /** An empty path takes it away. */
  'connections.setTestPath': procedure(
    z.object({ id: z.string().max(200), path: z.string().trim().max(2000) }),
    connectionViewSchema,
  ),
  /** Whether it is renewed ahead of its end without being asked; on unless it was turned off. */
  'connections.setAutoRefresh': procedure(
    z.object({ id: z.string().max(200), autoRefresh: z.boolean() }),
    connectionViewSchema,
  ),
  /** The person was told of an end that only they can put off; with `dismissed` they have put that away. */
  'connections.endTold': procedure(
    z.object({ id: z.string().max(200), end: z.number(), dismissed: z.boolean() }),
    connectionViewSchema,
  ),
  /** The connection's scopes over time, newest first. */
  'connections.scopeChanges': procedure(byId, z.object({ changes: z.array(scopeChangeSchema) })),
  'connections.inspect': procedure(byId, tokenInspectionSchema),

  /** One of the three acts by which a secret crosses the door: shown to the person. */
  'connections.reveal': procedure(
    z.object({ id: z.string(), what: z.enum(['access_token', 'refresh_token']) }),
    z.object({ value: z.string() }),
  ),
  /**
   * The second: to the clipboard. Where the host has one, the text stays in the host and `text` is `null`;
   * a browser tab gets it to write itself. `curl` is made for the given request, or for the account's own.
   */
  'connections.copy': procedure(
    z.object({
      id: z.string(),
      what: z.enum(['access_token', 'header', 'curl']),
      request: requestInputSchema.omit({ key: true, connectionId: true }).optional(),
    }),
    z.object({ text: z.string().nullable(), clearsAfterSeconds: z.number() }),
  ),
  /** The third: the command line's `token`, refreshed first when it ends within a minute. */
  'connections.token': procedure(byId, z.object({ accessToken: z.string() })),
  /** The same by a name, with what the person is to be told beside it: all that `grantdesk token` asks of a host. */
  'connections.tokenNamed': procedure(byName, namedTokenSchema),

  'requests.send': procedure(requestInputSchema, requestResultSchema),
  /**
   * The body of an answer from a byte on, a piece of it; begins at 0 and goes on at `next`. The last few answers are kept.
   * Throws `not_found` for another, `conflict` for a piece of a very long one that was read before.
   */
  'requests.read': procedure(z.object({ key: z.string().max(60), at: z.number().int().min(0) }), answerPieceSchema),
  /**
   * Saves the whole body where the person says; `savedAs` is `null` where the caller has to do that with `requests.read`.
   * Throws `cancelled` where no place was chosen, `conflict` where it cannot be written.
   */
  'requests.save': procedure(
    z.object({ key: z.string().max(60), fileName: z.string().min(1).max(200) }),
    z.object({ savedAs: z.string().nullable() }),
  ),
  'requests.cancel': procedure(z.object({ key: z.string() }), nothing),

  'flows.list': procedure(
    z.object({ connectionId: z.string().optional() }),
    /** How many more there were is `noLongerKept`; `unwritten` says why they cannot be written down now. */
    z.object({
      flows: z.array(flowSummarySchema),
      noLongerKept: z.number().int(),
      unwritten: z.string().nullable(),
    }),
  ),
  'flows.get': procedure(byId, keptFlowSchema),

  /** The newest of what fits; `total` counts all of it. */
  'history.list': procedure(
    historyFilterSchema.extend({ limit: z.number().int().min(1).max(longestListing).default(longestListing) }),
    z.object({ entries: z.array(listedEntrySchema), total: z.number().int() }),
  ),
  /** All of what fits, as a file for others. */
  'history.export': procedure(historyFilterSchema.extend({ format: z.enum(['json', 'csv']) }), deliveredTextSchema),

  'practice.start': procedure(nothing, practiceStatusSchema),
  'practice.stop': procedure(nothing, practiceStatusSchema),
}

export type ProcedureName = keyof typeof procedures
export type ProcedureInput<Name extends ProcedureName> = z.input<(typeof procedures)[Name]['input']>
export type ParsedInput<Name extends ProcedureName> = z.output<(typeof procedures)[Name]['input']>
export type ProcedureOutput<Name extends ProcedureName> = z.infer<(typeof procedures)[Name]['output']>

/** Whether a text names a procedure; own keys only, so that `constructor` does not. */
export function isProcedureName(text: string): text is ProcedureName {
  return Object.hasOwn(procedures, text)
}
