// Checks what the person entered of a client, completed by what is known of it, before anything is stored.
import { randomUUID } from 'node:crypto'
import type { ClientInput, ClientView } from '../../contract/client.ts'
import { isOrdinaryText } from '../../contract/secret-strength.ts'
import type { Service } from '../../contract/service.ts'
import { invalid, problem } from '../problem.ts'
import type { RecordCache } from '../record-cache.ts'
import type { ClientRecord, Records } from '../records.ts'
import { Secret } from '../secret.ts'
import { normaliseBaseUrl } from '../services/addresses.ts'
import { basePartsOf } from '../services/endpoint-values.ts'
import type { ServiceRegistry } from '../services/registry.ts'
import type { ClientDraft } from './client-draft.ts'
import type { ClientSecrets } from './client-secrets.ts'
import type { clientWrites } from './client-write.ts'

interface Drafting {
  service: Service
  baseUrl: string
  secret: Secret | null
  known: ClientRecord | undefined
  practice: boolean
}

/** What was typed, completed by what is known of the client and its service. */
function draftedRecord(input: ClientInput, { service, baseUrl, secret, known, practice }: Drafting): ClientRecord {
  return {
    name: input.name || known?.name || `${service.name} at ${new URL(baseUrl).host}`,
    serviceId: service.id,
    baseUrl,
    clientId: input.clientId,
    hasSecret: secret !== null,
    weakSecret: secret !== null && isOrdinaryText(secret.reveal()),
    clientAuthentication: input.clientAuthentication,
    grantAuthentication: input.grantAuthentication ?? known?.grantAuthentication ?? {},
    pkce: input.pkce ?? known?.pkce ?? service.pkce,
    redirect: input.redirect,
    practice: practice || (known?.practice ?? false),
  }
}

interface DraftingParts {
  clients: RecordCache<ClientRecord>
  records: Records
  services: ServiceRegistry
  secrets: ClientSecrets
  connectionCount: (clientId: string) => number
  writeOf: ReturnType<typeof clientWrites>
  record(id: string): ClientRecord
  view(id: string): ClientView
  /** The stored secret; `null` for a public client. */
  secret(id: string): Promise<Secret | null>
}

/** Returns a function that checks a client's input, for a practice service or not, and stores nothing yet. */
export function clientDrafting(parts: DraftingParts): (input: ClientInput, practice?: boolean) => Promise<ClientDraft> {
  const { clients, records, services, secrets, connectionCount, writeOf, record, view, secret } = parts

  /** Finds the client if the same registration is entered twice. */
  function sameRegistration(value: Pick<ClientRecord, 'serviceId' | 'baseUrl' | 'clientId'>): string | undefined {
    for (const [id, known] of clients) {
      if (known.serviceId === value.serviceId && known.baseUrl === value.baseUrl && known.clientId === value.clientId) {
        return id
      }
    }
    return undefined
  }

  /** Another service or base URL would send its secret and its connections' tokens elsewhere. */
  function checkStays(id: string, known: ClientRecord | undefined, serviceId: string, baseUrl: string): void {
    const moved = known && (known.serviceId !== serviceId || known.baseUrl !== baseUrl)
    if (moved && connectionCount(id) > 0) {
      throw problem('conflict', 'Connections use this client where it is.', 'Enter a new client for the other address.')
    }
  }

  return async (input, practice = false) => {
    const service = services.find(input.serviceId)
    const baseUrl = normaliseBaseUrl(input.baseUrl)
    basePartsOf(service, baseUrl)
    const id = input.id ?? sameRegistration({ ...input, baseUrl }) ?? randomUUID()
    const known = input.id ? record(input.id) : clients.get(id)
    checkStays(id, known, service.id, baseUrl)
    const typed = input.clientSecret
    const hasSecret = typed === undefined ? (known?.hasSecret ?? false) : typed !== ''
    if (!hasSecret && input.clientAuthentication !== 'none') {
      throw invalid('clientSecret', 'The client secret is missing.', 'For a public client choose “none”.')
    }
    const usedSecret = typed === undefined ? await secret(id) : typed === '' ? null : new Secret(typed)
    const value = draftedRecord(input, { service, baseUrl, secret: usedSecret, known, practice })
    // A new client has none, also where there is no vault yet that could hold them.
    const replaced = known ? await secrets.replacedBy(id, usedSecret) : []
    const secretTyped = typed !== undefined
    const alongWith = writeOf({ id, known, record: value, secret: usedSecret, secretTyped, replaced })
    return {
      ...{ id, isNew: known === undefined, record: value, secret: usedSecret, alongWith },
      async keep() {
        await records.write(alongWith.changes())
        alongWith.written()
        return view(id)
      },
    }
  }
}
