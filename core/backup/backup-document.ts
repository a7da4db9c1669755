// The decrypted contents of a backup: every record that a person would miss, by kind. Flows are left out, because they
// belong to one machine. Rejects a document that it does not fully understand.
import { z } from 'zod'
import { lazyObject } from '../../contract/lazy-schema.ts'
import { problem } from '../problem.ts'
import { type RecordKind, recordSchemas } from '../records.ts'
import { Secret } from '../secret.ts'
import { withTodaysMembers } from '../vault/document-versions.ts'

const { service, service_certificates, client, client_secret, connection, tokens, settings, proxy_password } =
  recordSchemas
const { webhook, history } = recordSchemas

export const backedUpKinds = [
  'service',
  'service_certificates',
  'client',
  'client_secret',
  'connection',
  'tokens',
  'settings',
  'proxy_password',
  'webhook',
  'history',
] as const satisfies RecordKind[]
export type BackedUpKind = (typeof backedUpKinds)[number]

const byId = <Schema extends z.ZodType>(schema: Schema) => z.record(z.string(), schema)

const documentSchema = lazyObject(() => ({
  format: z.literal('grantdesk-backup'),
  version: z.literal(1),
  createdAt: z.number(),
  records: z.object({
    service: byId(service),
    /** Absent in backups of earlier versions. */
    service_certificates: byId(service_certificates).default({}),
    client: byId(client),
    client_secret: byId(client_secret),
    connection: byId(connection),
    tokens: byId(tokens),
    /** These three are absent in backups of earlier versions, too. */
    settings: byId(settings).default({}),
    proxy_password: byId(proxy_password).default({}),
    webhook: byId(webhook).default({}),
    history: byId(history),
  }),
}))
export type BackupDocument = z.output<typeof documentSchema>

/** The records as in the file, including secrets, for comparing. */
export function wireForm(records: BackupDocument['records']): Record<BackedUpKind, Record<string, unknown>> {
  const none = { service_certificates: {}, settings: {}, proxy_password: {}, webhook: {} }
  return { ...none, ...z.encode(documentSchema.unwrap().shape.records, records) }
}

/** The document as text, including secrets. */
export function writeDocument(document: Omit<BackupDocument, 'format' | 'version'>): Secret {
  const encoded = z.encode(documentSchema, { format: 'grantdesk-backup', version: 1, ...document })
  return new Secret(JSON.stringify(encoded))
}

/** Throws `conflict` if it is not a backup, or one from a newer Grantdesk. */
export function readDocument(text: Secret): BackupDocument {
  let json: unknown
  try {
    json = JSON.parse(text.reveal())
  } catch {
    throw unfit()
  }
  const read = z.safeDecode(documentSchema, todaysRecords(json) as never)
  if (read.success) return read.data
  const newer = z.object({ format: z.literal('grantdesk-backup'), version: z.number().gt(1) }).safeParse(json)
  if (newer.success) {
    throw problem('conflict', 'The backup was made by a newer Grantdesk.', 'Update Grantdesk, then restore it.')
  }
  throw unfit()
}

/** Earlier versions used other members in some kinds of records. */
function todaysRecords(json: unknown): unknown {
  const recordsById = z.record(z.string(), z.unknown())
  const found = z
    .looseObject({ records: z.looseObject({ connection: recordsById, client: recordsById }) })
    .safeParse(json)
  if (!found.success) return json
  const { records } = found.data
  const today = (kind: 'connection' | 'client') =>
    Object.fromEntries(Object.entries(records[kind]).map(([id, stored]) => [id, withTodaysMembers(kind, stored)]))
  return { ...found.data, records: { ...records, connection: today('connection'), client: today('client') } }
}

function unfit() {
  return problem('conflict', 'The file opens with this passphrase, but what it holds is no backup of Grantdesk.')
}
