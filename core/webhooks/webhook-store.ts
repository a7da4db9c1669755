// What the vault holds of a service's webhooks: the secrets that sign them, and where the listener was last.
import { randomUUID } from 'node:crypto'
import type { WebhookSecretView } from '../../contract/webhook.ts'
import { keyedMutex } from '../mutex.ts'
import { problem, unlessDamaged } from '../problem.ts'
import { RecordCache } from '../record-cache.ts'
import type { Records, WebhookRecord } from '../records.ts'
import { Secret } from '../secret.ts'
import type { Vault } from '../vault/vault.ts'

export interface WebhookStore {
  load(): Promise<void>
  forget(): void
  /** The services of which something is stored. */
  serviceIds(): string[]
  secrets(serviceId: string): readonly WebhookRecord['secrets'][number][]
  /** Those to hide: the stored ones and those that were removed. */
  known(serviceId: string): Secret[]
  secretViews(serviceId: string): WebhookSecretView[]
  /** Throws `conflict` where there are too many, or this one is stored already. */
  addSecret(serviceId: string, added: AddedSecret): Promise<void>
  /** Returns its name; throws `not_found`. */
  removeSecret(serviceId: string, id: string): Promise<string>
  place(serviceId: string): WebhookRecord['place']
  setPlace(serviceId: string, place: NonNullable<WebhookRecord['place']>): Promise<void>
}

interface AddedSecret {
  name: string
  workspaceId: string | null
  addedAt: number
  secret: string
}

/** Each delivery is checked with all of them. */
const mostSecrets = 20

/** So many removed ones are still hidden in deliveries that came before. */
const mostRemoved = 20

const nothing: WebhookRecord = { place: null, secrets: [], removed: [] }

export function createWebhookStore(
  records: Pick<Records, 'list' | 'write'>,
  damageOf: Vault['damageOf'] = () => null,
): WebhookStore {
  const stored = new RecordCache<WebhookRecord>()
  const exclusively = keyedMutex()
  const of = (serviceId: string) => stored.get(serviceId) ?? nothing

  function change(serviceId: string, next: (record: WebhookRecord) => WebhookRecord): Promise<void> {
    return exclusively(serviceId, async () => {
      unlessDamaged(damageOf('webhook', serviceId))
      const value = next(of(serviceId))
      await records.write([{ put: 'webhook', id: serviceId, value }])
      stored.set(serviceId, value)
    })
  }

  return {
    async load() {
      await stored.load(() => records.list('webhook'))
    },
    forget: () => stored.clear(),
    serviceIds: () => [...stored.keys()],
    secrets: (serviceId) => of(serviceId).secrets,
    known: (serviceId) => [...of(serviceId).secrets.map(({ secret }) => secret), ...of(serviceId).removed],
    secretViews: (serviceId) =>
      of(serviceId).secrets.map(({ id, name, workspaceId, addedAt }) => ({ id, name, workspaceId, addedAt })),
    addSecret: (serviceId, { secret, name, ...added }) =>
      change(serviceId, (record) => {
        if (record.secrets.length >= mostSecrets) {
          throw problem(
            'conflict',
            `${mostSecrets} secrets are stored already.`,
            'Remove one that is not used any more.',
          )
        }
        const same = record.secrets.find((one) => one.secret.reveal() === secret)
        if (same) throw problem('conflict', `This secret is stored already, as “${same.name}”.`)
        const numbered = name === '' ? `Secret ${record.secrets.length + 1}` : name
        const fresh = { ...added, id: randomUUID(), name: numbered, secret: new Secret(secret) }
        return { ...record, secrets: [...record.secrets, fresh] }
      }),
    async removeSecret(serviceId, id) {
      const found = of(serviceId).secrets.find((one) => one.id === id)
      if (!found) throw problem('not_found', 'This secret is not stored any more.')
      await change(serviceId, (record) => ({
        ...record,
        secrets: record.secrets.filter((one) => one.id !== id),
        removed: [found.secret, ...record.removed].slice(0, mostRemoved),
      }))
      return found.name
    },
    place: (serviceId) => of(serviceId).place,
    setPlace: (serviceId, place) => change(serviceId, (record) => ({ ...record, place })),
  }
}
