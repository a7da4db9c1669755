// The API: every procedure that callers can use, with its input and output. To add one, change this table and one file in
// core/procedures/, nothing else.
import { z } from 'zod'
import { accountDecisionSchema, attemptSchema, connectInputSchema, longestAnswer } from './attempt.ts'
import { backupContentsSchema, backupEntrySchema, deliveredTextSchema, leftOutSchema, longestBackup } from './backup.ts'
import { certificatesInputSchema } from './certificates.ts'
import { snapshotSchema } from './change.ts'
import { clientCheckSchema, clientInputSchema, clientViewSchema } from './client.ts'
import { connectionViewSchema, namedTokenSchema, scopeChangeSchema } from './connection.ts'
import { damagedListSchema, damagedRecordSchema, recoveredSchema } from './damage.ts'
import { discoverySchema } from './discovery.ts'
import { flowProcedures } from './flow-procedures.ts'
import { healthSchema } from './health.ts'
import { historyFilterSchema, listedEntrySchema, longestListing } from './history.ts'
import { lessonIds } from './lessons.ts'
import { practiceStatusSchema } from './practice.ts'
import { procedure } from './procedure.ts'
import { answerPieceSchema, requestInputSchema, requestResultSchema } from './request.ts'
import { revocationSchema } from './revocation.ts'
import { clientAuthenticationSchema, serviceViewSchema } from './service.ts'
import { discoveryInputSchema, serviceImportSchema, signatureInputSchema } from './service-inputs.ts'
import { settingsSchema } from './settings.ts'
import { signaturesSchema, tokensInspectionSchema } from './token-inspection.ts'
import { shortestPassphrase, vaultStatusSchema } from './vault.ts'
import { webhookProcedures } from './webhook-procedures.ts'

const nothing = z.object({})
const byId = z.object({ id: z.string().max(200) })
/** A connection's name, its id, or the beginning of either. */
const byName = z.object({ name: z.string().max(500) })
const passphrase = z.string().min(1).max(1000)

export const procedures = {
  'app.snapshot': procedure(() => [nothing, snapshotSchema]),
  /** Keyboard or mouse activity in a tab, which counts as use; calls that a page makes on its own do not. */
  'app.used': procedure(() => [nothing, nothing]),
  'settings.save': procedure(() => [settingsSchema, settingsSchema]),
  /** The password of the proxy in the settings; an empty one removes it. */
  'settings.setProxyPassword': procedure(() => [z.object({ password: z.string().max(1000) }), nothing]),
  /** Opens a known service's page, or any https page, in the system's browser. */
  'links.open': procedure(() => [z.object({ url: z.string().max(8000) }), nothing]),

  /** The same as in the snapshot, for callers that need nothing else. */
  'vault.status': procedure(() => [nothing, vaultStatusSchema]),
  /** Creates the vault if there is no keychain to protect it. */
  'vault.create': procedure(() => [
    z.object({ passphrase: passphrase.min(shortestPassphrase, `At least ${shortestPassphrase} characters.`) }),
    vaultStatusSchema,
  ]),
  'vault.unlock': procedure(() => [z.object({ passphrase }), vaultStatusSchema]),
  /** Tries the keychain again after the person unlocked it. */
  'vault.retry': procedure(() => [nothing, vaultStatusSchema]),
  'vault.lock': procedure(() => [nothing, vaultStatusSchema]),
  /**
   * Replaces a damaged file with the last good copy and opens it; of a vault that is open, repairs the damaged records from it.
   * `keptAs` is where the damaged file is kept; `recovered` and `unrecoverable` are the records that are whole now and those that are not.
   */
  'vault.recover': procedure(() => [nothing, recoveredSchema]),
  /** The damaged records, as the snapshot has them. */
  'vault.damaged': procedure(() => [nothing, damagedListSchema]),
  /** Removes a damaged record for good, a connection or client with its secrets; a `conflict` for one that is whole. */
  'vault.removeDamaged': procedure(() => [damagedRecordSchema.unwrap().pick({ kind: true, id: true }), nothing]),
  /** The person has seen that other users had access to files of the vault. */
  'vault.dismissExposed': procedure(() => [nothing, nothing]),
  /** Sets or changes the passphrase; to change it, `present` has to be right. */
  'vault.setPassphrase': procedure(() => [
    z.object({
      passphrase: passphrase.min(shortestPassphrase, `At least ${shortestPassphrase} characters.`),
      present: passphrase.optional(),
    }),
    vaultStatusSchema,
  ]),
  /** Puts the vault's key into this host's keychain. */
  'vault.addKeychain': procedure(() => [nothing, vaultStatusSchema]),
  /** Removes one way to unlock the vault; a `conflict` for the last. */
  'vault.removeSlot': procedure(() => [byId, vaultStatusSchema]),

  /**
   * A backup of everything that a person would miss, encrypted with a passphrase (a compact JWE, PBES2-HS512+A256KW). If the
   * vault has a passphrase, `present` has to be right. `leftOut` lists damaged records that are not included.
   */
  'backup.make': procedure(() => [
    z.object({
      passphrase: passphrase.min(shortestPassphrase, `At least ${shortestPassphrase} characters.`),
      present: passphrase.optional(),
    }),
    deliveredTextSchema.unwrap().extend({ leftOut: z.array(leftOutSchema) }),
  ]),
  /** A backup's contents compared with the vault's; changes nothing. */
  'backup.inspect': procedure(() => [
    z.object({ text: z.string().max(longestBackup), passphrase }),
    backupContentsSchema,
  ]),
  /** Restores what is new, and the named connections; never overwrites anything. */
  'backup.restore': procedure(() => [
    z.object({
      text: z.string().max(longestBackup),
      passphrase,
      connections: z.array(z.string().max(200)).max(10_000).optional(),
    }),
    z.object({ restored: z.array(backupEntrySchema), left: z.array(backupEntrySchema) }),
  ]),

  /**
   * Adds or changes a service from the text of its description. If it would replace another service, or send stored secrets
   * elsewhere, that is a `conflict` until the person confirms with `replace`. `edited`: the person edited a service of their
   * own, so only secrets that would be sent elsewhere need confirming.
   */
  'services.import': procedure(() => [serviceImportSchema, serviceViewSchema]),
  /** A service's description as a file to share; contains no secrets. */
  'services.export': procedure(() => [byId, z.object({ text: z.string(), fileName: z.string() })]),
  /** Sets or removes the person's own authorities and client certificate for a service. */
  'services.setCertificates': procedure(() => [certificatesInputSchema, serviceViewSchema]),
  /** The JSON Schema for such files, for editors. */
  'services.schema': procedure(() => [nothing, deliveredTextSchema]),
  /** Fetches an issuer's metadata (RFC 8414, OpenID Connect Discovery); stores nothing. */
  'services.discover': procedure(() => [discoveryInputSchema, discoverySchema]),
  /** Verifies a webhook's signature of its raw body with the given secret, or with the stored ones; stores none of them. */
  'services.checkSignature': procedure(() => [signatureInputSchema, z.object({ fits: z.boolean() })]),
  /** Removes an imported service; an adjusted one becomes the built-in one again. */
  'services.remove': procedure(() => [byId, nothing]),

  'clients.save': procedure(() => [clientInputSchema, clientViewSchema]),
  'clients.remove': procedure(() => [byId, nothing]),
  /** Refreshes each connection of a client, to see which ones the service still accepts. */
  'clients.check': procedure(() => [byId, z.object({ results: z.array(clientCheckSchema) })]),

  /** Refuses what `connect.start` refuses before it begins; stores and sends nothing. Works without a vault, too. */
  'connect.check': procedure(() => [connectInputSchema, nothing]),
  'connect.start': procedure(() => [connectInputSchema, attemptSchema]),
  /** The code or the whole redirect URL, pasted from a browser elsewhere. */
  'connect.answer': procedure(() => [
    z.object({ id: z.string(), text: z.string().min(1).max(longestAnswer) }),
    attemptSchema,
  ]),
  'connect.browse': procedure(() => [byId, nothing]),
  'connect.cancel': procedure(() => [byId, nothing]),
  /** Decides about tokens of another account than the connection's. */
  'connect.decide': procedure(() => [
    z.object({ id: z.string().max(200), choice: accountDecisionSchema }),
    attemptSchema,
  ]),
  /** Forgets a finished attempt. */
  'connect.dismiss': procedure(() => [byId, nothing]),

  /** Finds a connection by name; a `conflict` lists the candidates if it is ambiguous. */
  'connections.named': procedure(() => [byName, connectionViewSchema]),
  'connections.rename': procedure(() => [
    z.object({ id: z.string(), name: z.string().trim().min(1, 'A name is missing.').max(80) }),
    connectionViewSchema,
  ]),
  'connections.tag': procedure(() => [
    z.object({ id: z.string(), tags: z.array(z.string().trim().min(1).max(40)).max(20) }),
    connectionViewSchema,
  ]),
  /** Deletes the tokens here; they keep working at the service. Can be undone until the host stops. */
  'connections.remove': procedure(() => [byId, nothing]),
  'connections.restore': procedure(() => [byId, connectionViewSchema]),
  /**
   * A given client authentication method is used for this refresh and stored with the client if it works; if the service
   * refuses it, too, client and connection stay unchanged.
   */
  'connections.refresh': procedure(() => [
    byId.extend({ clientAuthentication: clientAuthenticationSchema.optional() }),
    connectionViewSchema,
  ]),
  'connections.revoke': procedure(() => [byId, revocationSchema]),
  /** Asks again whether the tokens still work after a revocation that was accepted, but not verified. */
  'connections.checkRevocation': procedure(() => [byId, revocationSchema]),
  'connections.identify': procedure(() => [byId, connectionViewSchema]),
  /** Asks whether its token still works, and what needs the person; only `not_found` and `cancelled` are failures. */
  'connections.checkHealth': procedure(() => [byId, healthSchema]),
  /**
   * Cancels everything that is waiting on it, of any caller: pauses before a retry, unanswered requests. Their callers
   * get `cancelled`, which says if the service may have acted anyway. Does nothing if nothing is waiting.
   */
  'connections.cancel': procedure(() => [byId, nothing]),
  /** Selects one of the workspaces that the token can access. */
  'connections.chooseWorkspace': procedure(() => [
    z.object({ id: z.string().max(200), workspaceId: z.string().max(500) }),
    connectionViewSchema,
  ]),
  /** By its slug or URL, for a token whose workspaces the API does not list; an empty text removes it. */
  'connections.nameWorkspace': procedure(() => [
    z.object({ id: z.string().max(200), workspace: z.string().trim().max(2000) }),
    connectionViewSchema,
  ]),
  /** An empty path removes it. */
  'connections.setTestPath': procedure(() => [
    z.object({ id: z.string().max(200), path: z.string().trim().max(2000) }),
    connectionViewSchema,
  ]),
  /** Whether it is renewed automatically before it expires; on by default. */
  'connections.setAutoRefresh': procedure(() => [
    z.object({ id: z.string().max(200), autoRefresh: z.boolean() }),
    connectionViewSchema,
  ]),
  /** Records that the person was reminded of an end that only they can postpone; `dismissed` if they closed the reminder. */
  'connections.markReminded': procedure(() => [
    z.object({ id: z.string().max(200), end: z.number(), dismissed: z.boolean() }),
    connectionViewSchema,
  ]),
  /** The connection's scopes over time, newest first. */
  'connections.scopeChanges': procedure(() => [byId, z.object({ changes: z.array(scopeChangeSchema) })]),
  /** What the tokens say of themselves. */
  'connections.inspect': procedure(() => [byId, tokensInspectionSchema]),
  /** Fetches the service's keys and verifies the signatures of those tokens that are JWTs. */
  'connections.verifySignatures': procedure(() => [byId, signaturesSchema]),

  /** The first of three procedures that return a secret: to show it to the person. */
  'connections.reveal': procedure(() => [
    z.object({ id: z.string(), what: z.enum(['access_token', 'refresh_token']) }),
    z.object({ value: z.string() }),
  ]),
  /**
   * The second: to copy it. If the host has a clipboard, the text stays in the host and `text` is `null`; otherwise the
   * browser tab copies it. `curl` is made for the given request, or for the one that identifies the account.
   */
  'connections.copy': procedure(() => [
    z.object({
      id: z.string(),
      what: z.enum(['access_token', 'header', 'curl']),
      request: requestInputSchema.unwrap().omit({ key: true, connectionId: true }).optional(),
    }),
    z.object({ text: z.string().nullable(), clearsAfterSeconds: z.number() }),
  ]),
  /** The third: for the command line's `token`, refreshed first if it expires within a minute. */
  'connections.token': procedure(() => [byId, z.object({ accessToken: z.string() })]),
  /** The same by name, with what the person should know about it: the only call that `grantdesk token` makes. */
  'connections.tokenNamed': procedure(() => [byName, namedTokenSchema]),

  'requests.send': procedure(() => [requestInputSchema, requestResultSchema]),
  /**
   * A piece of a response body, from a byte offset on: start at 0 and continue at `next`. The last few responses are kept.
   * Throws `not_found` for others, `conflict` for a piece of a very long one that was read before.
   */
  'requests.read': procedure(() => [
    z.object({ key: z.string().max(60), at: z.number().int().min(0) }),
    answerPieceSchema,
  ]),
  /**
   * Saves the whole body where the person chooses; `savedAs` is `null` if the caller has to save it with `requests.read`.
   * Throws `cancelled` if no file was chosen, `conflict` if it cannot be written.
   */
  'requests.save': procedure(() => [
    z.object({ key: z.string().max(60), fileName: z.string().min(1).max(200) }),
    z.object({ savedAs: z.string().nullable() }),
  ]),
  'requests.cancel': procedure(() => [z.object({ key: z.string() }), nothing]),

  ...flowProcedures,

  /** The newest matching entries; `total` counts all that match. */
  'history.list': procedure(() => [
    historyFilterSchema.unwrap().extend({ limit: z.number().int().min(1).max(longestListing).default(longestListing) }),
    z.object({ entries: z.array(listedEntrySchema), total: z.number().int() }),
  ]),
  /** All matching entries, as a file to share. */
  'history.export': procedure(() => [
    historyFilterSchema.unwrap().extend({ format: z.enum(['json', 'csv']) }),
    deliveredTextSchema,
  ]),

  ...webhookProcedures,

  'practice.start': procedure(() => [nothing, practiceStatusSchema]),
  'practice.stop': procedure(() => [nothing, practiceStatusSchema]),
  /** Starts them and has them fail as the lesson wants; `null`: each behaves as usual. */
  'practice.break': procedure(() => [z.object({ lesson: z.enum(lessonIds).nullable() }), practiceStatusSchema]),
}

export type ProcedureName = keyof typeof procedures
export type ProcedureInput<Name extends ProcedureName> = z.input<(typeof procedures)[Name]['input']>
export type ParsedInput<Name extends ProcedureName> = z.output<(typeof procedures)[Name]['input']>
export type ProcedureOutput<Name extends ProcedureName> = z.infer<(typeof procedures)[Name]['output']>

/** Whether a text is a procedure's name; own keys only, so `constructor` is not. */
export function isProcedureName(text: string): text is ProcedureName {
  return Object.hasOwn(procedures, text)
}
