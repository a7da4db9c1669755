// The person's clients at services, with their secrets in separate records.
import { randomUUID } from 'node:crypto'
import type { ClientInput, ClientView } from '../../contract/client.ts'
import { redirectUriToRegister } from '../../contract/redirect-uri.ts'
import { isOrdinaryText } from '../../contract/secret-strength.ts'
import type { Service } from '../../contract/service.ts'
import { ifDamaged, invalid, Problem, problem } from '../problem.ts'
import { RecordCache } from '../record-cache.ts'
import type { ClientRecord, Records } from '../records.ts'
import { Secret } from '../secret.ts'
import { normaliseBaseUrl } from '../services/addresses.ts'
import { basePartsOf } from '../services/endpoint-values.ts'
import type { ServiceRegistry } from '../services/registry.ts'
import type { Vault } from '../vault/vault.ts'
import type { ClientDraft } from './client-draft.ts'
import { createClientSecrets } from './client-secrets.ts'
import { clientWrites } from './client-write.ts'

export interface ClientStore {
  load(): Promise<void>
  forget(): void
  views(): ClientView[]
  view(id: string): ClientView
  /** Throws `not_found`. */
  record(id: string): ClientRecord
  /** `null` if the client is gone. */
  nameOf(id: string): string | null
  /** `null` for a public client. */
  secret(id: string): Promise<Secret | null>
  /** The client's earlier secrets, as far as they are kept. */
  replacedSecrets(id: string): Promise<Secret[]>
  /** Checks the input without storing anything. */
  draft(input: ClientInput): Promise<ClientDraft>
  save(input: ClientInput): Promise<ClientView>
  /** Stores our client at a practice service. */
  savePractice(input: ClientInput): Promise<ClientView>
  /** Throws `conflict` while connections use it. */
  remove(id: string): Promise<void>
}

interface Dependencies {
  records: Records
  services: ServiceRegistry
  damageOf: Vault['damageOf']
  connectionCount: (clientId: string) => number
  onSave: (view: ClientView) => void
  onRemove: (id: string) => void
}

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

export function createClientStore({
  records,
  services,
  damageOf,
  connectionCount,
  onSave,
  onRemove,
}: Dependencies): ClientStore {
  const clients = new RecordCache<ClientRecord>()
  const secrets = createClientSecrets(records)
  const writeOf = clientWrites({ clients, onWritten: (id) => onSave(view(id)) })

  function record(id: string): ClientRecord {
    const found = clients.get(id)
    if (found) return found
    const damage = damageOf('client', id)
    throw damage ? new Problem(damage.failure) : problem('not_found', 'This client does not exist any more.')
  }

  function view(id: string): ClientView {
    const found = record(id)
    return {
      id,
      ...found,
      weakSecret: found.weakSecret ?? false,
      redirectUri: redirectUriToRegister(found.redirect),
      connectionCount: connectionCount(id),
      secretDamage: found.hasSecret ? (damageOf('client_secret', id)?.failure.message ?? null) : null,
    }
  }

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

  async function draft(input: ClientInput, practice = false): Promise<ClientDraft> {
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

  /** Earlier versions did not store it. */
  async function learnStrengths(): Promise<void> {
    for (const [id, { hasSecret, weakSecret }] of clients) {
      if (!hasSecret || weakSecret !== undefined) continue
      const stored = await secrets.read(id).catch(ifDamaged)
      const present = clients.get(id)
      if (stored && present) clients.set(id, { ...present, weakSecret: isOrdinaryText(stored.reveal()) })
    }
  }

  async function secret(id: string): Promise<Secret | null> {
    return clients.get(id)?.hasSecret ? secrets.read(id) : null
  }

  return {
    async load() {
      if (await clients.load(() => records.list('client'))) await learnStrengths()
    },
    forget: () => clients.clear(),
    views: () => [...clients.keys()].map(view),
    view,
    record,
    nameOf: (id) => clients.get(id)?.name ?? null,
    secret,
    replacedSecrets: secrets.replaced,
    draft: (input) => draft(input),
    save: async (input) => (await draft(input)).keep(),
    savePractice: async (input) => (await draft(input, true)).keep(),
    async remove(id) {
      record(id)
      const count = connectionCount(id)
      if (count > 0) {
        throw problem(
          'conflict',
          `${count} connection${count === 1 ? ' uses' : 's use'} this client.`,
          'Remove them first.',
        )
      }
      await records.write([
        { remove: 'client', id },
        { remove: 'client_secret', id },
      ])
      clients.delete(id)
      onRemove(id)
    },
  }
}
