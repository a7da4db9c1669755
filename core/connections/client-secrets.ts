// Client secrets, in records of their own: the current one and those before it, which a service may still quote in its responses.
import { ifDamaged, problem } from '../problem.ts'
import type { RecordChange, Records } from '../records.ts'
import type { Secret } from '../secret.ts'

export interface ClientSecrets {
  /** Throws `vault_broken` if there is none. */
  read(id: string): Promise<Secret>
  /** The earlier secrets, as far as they are kept. */
  replaced(id: string): Promise<Secret[]>
  /** The earlier secrets to keep when `next` is stored. */
  replacedBy(id: string, next: Secret | null): Promise<Secret[]>
}

/** Client secrets are replaced a few times a year, so a service will not quote one that is older than these. */
const mostReplaced = 10

export function createClientSecrets(records: Pick<Records, 'read'>): ClientSecrets {
  const present = (id: string) => records.read('client_secret', id)
  return {
    async read(id) {
      const stored = await present(id)
      if (!stored) throw problem('vault_broken', 'The client secret is missing from the vault.', 'Enter it again.')
      return stored.secret
    },
    async replaced(id) {
      return (await present(id).catch(ifDamaged))?.replaced ?? []
    },
    async replacedBy(id, next) {
      const stored = await present(id).catch(ifDamaged)
      if (!stored || stored.secret.reveal() === next?.reveal()) return stored?.replaced ?? []
      return [stored.secret, ...stored.replaced].slice(0, mostReplaced)
    },
  }
}

/** Stores the secret, or removes it if there is none. */
export function secretChange(id: string, secret: Secret | null, replaced: Secret[]): RecordChange {
  return secret ? { put: 'client_secret', id, value: { secret, replaced } } : { remove: 'client_secret', id }
}
