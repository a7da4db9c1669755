// The person's clients at services, their secrets apart from them.
import { randomUUID } from 'node:crypto'
import { type ClientInput, type ClientView, redirectUriToRegister } from '../../contract/client.ts'
import { invalid, problem } from '../problem.ts'
import type { ClientRecord, RecordChange, Records } from '../records.ts'
import { Secret } from '../secret.ts'
import { normaliseBaseUrl } from '../services/addresses.ts'
import type { ServiceRegistry } from '../services/registry.ts'

export interface ClientBook {
  load(): Promise<void>
  forget(): void
  views(): ClientView[]
  view(id: string): ClientView
  /** Throws `not_found`. */
  record(id: string): ClientRecord
  /** `null` for a public client. */
  secret(id: string): Promise<Secret | null>
  save(input: ClientInput): Promise<ClientView>
  /** Throws `conflict` while connections use it. */
  remove(id: string): Promise<void>
}

interface Dependencies {
  records: Records
  services: ServiceRegistry
  connectionCount: (clientId: string) => number
  onSave: (view: ClientView) => void
  onRemove: (id: string) => void
}

export function createClientBook({ records, services, connectionCount, onSave, onRemove }: Dependencies): ClientBook {
  const clients = new Map<string, ClientRecord>()

  function record(id: string): ClientRecord {
    const found = clients.get(id)
    if (!found) throw problem('not_found', 'This client does not exist any more.')
    return found
  }

  function view(id: string): ClientView {
    const found = record(id)
    return { id, ...found, redirectUri: redirectUriToRegister(found.redirect), connectionCount: connectionCount(id) }
  }

  /** The same registration entered twice is the same client. */
  function sameRegistration(value: Pick<ClientRecord, 'serviceId' | 'baseUrl' | 'clientId'>): string | undefined {
    for (const [id, known] of clients) {
      if (known.serviceId === value.serviceId && known.baseUrl === value.baseUrl && known.clientId === value.clientId) {
        return id
      }
    }
    return undefined
  }

  function secretChange(id: string, typed: string | undefined): RecordChange[] {
    if (typed === undefined) return []
    if (typed === '') return [{ remove: 'client_secret', id }]
    return [{ put: 'client_secret', id, value: { secret: new Secret(typed) } }]
  }

  return {
    async load() {
      clients.clear()
      for (const { id, value } of await records.list('client')) clients.set(id, value)
    },
    forget: () => clients.clear(),
    views: () => [...clients.keys()].map(view),
    view,
    record,
    async secret(id) {
      if (!record(id).hasSecret) return null
      const stored = await records.read('client_secret', id)
      if (!stored) throw problem('vault_broken', 'The client secret is missing from the vault.', 'Enter it again.')
      return stored.secret
    },
    async save(input) {
      const service = services.find(input.serviceId)
      const baseUrl = normaliseBaseUrl(input.baseUrl)
      const id = input.id ?? sameRegistration({ ...input, baseUrl }) ?? randomUUID()
      const known = input.id ? record(input.id) : clients.get(id)
      const hasSecret = input.clientSecret === undefined ? (known?.hasSecret ?? false) : input.clientSecret !== ''
      if (!hasSecret && input.clientAuthentication !== 'none') {
        throw invalid('clientSecret', 'The client secret is missing.', 'For a public client choose “none”.')
      }
      const value: ClientRecord = {
        name: input.name || known?.name || `${service.name} at ${new URL(baseUrl).host}`,
        serviceId: service.id,
        baseUrl,
        clientId: input.clientId,
        hasSecret,
        clientAuthentication: input.clientAuthentication,
        redirect: input.redirect,
      }
      await records.write([{ put: 'client', id, value }, ...secretChange(id, input.clientSecret)])
      clients.set(id, value)
      const saved = view(id)
      onSave(saved)
      return saved
    },
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
