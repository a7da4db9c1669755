// The person's clients at services, with their secrets in separate records.
import type { ClientInput, ClientView } from '../../contract/client.ts'
import { redirectUriToRegister } from '../../contract/redirect-uri.ts'
import { isOrdinaryText } from '../../contract/secret-strength.ts'
import { ifDamaged, Problem, problem } from '../problem.ts'
import { RecordCache } from '../record-cache.ts'
import type { ClientRecord, Records } from '../records.ts'
import type { Secret } from '../secret.ts'
import type { ServiceRegistry } from '../services/registry.ts'
import type { Vault } from '../vault/vault.ts'
import type { ClientDraft } from './client-draft.ts'
import { clientDrafting } from './client-drafting.ts'
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

  const draft = clientDrafting({
    ...{ clients, records, services, secrets, connectionCount, record, view, secret },
    writeOf: clientWrites({ clients, onWritten: (id) => onSave(view(id)) }),
  })

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
