// The damaged records as callers see them: each with a name, as far as one can be read, and what can be done about it.
import type { DamagedRecord } from '../contract/damage.ts'
import { describeRecords, type NamesById } from './record-words.ts'
import type { Vault } from './vault/vault.ts'

/** `byId` knows the connections and clients that are whole. */
export function listDamaged(vault: Pick<Vault, 'damaged'>, byId: NamesById): DamagedRecord[] {
  const all = vault.damaged()
  const nameOf = (kind: string, id: string) => all.find((one) => one.kind === kind && one.id === id)?.name ?? null
  const named: NamesById = {
    connection: (id) => byId.connection(id) ?? nameOf('connection', id),
    client: (id) => byId.client(id) ?? nameOf('client', id),
  }
  return all.map(({ kind, id, name: own, serviceId, failure, since, recoverable, problem }) => {
    const [described] = describeRecords([`${kind}:${id}`], named)
    const { what = 'record', name = id } = described ?? {}
    const shown = own ?? name
    return {
      kind,
      id,
      what,
      name: shown,
      serviceId,
      message: failure.message,
      remedy: failure.remedy ?? '',
      since,
      recoverable,
      problem,
    }
  })
}
