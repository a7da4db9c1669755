// Finds a connection by name, so that callers without its id do not have to fetch the whole list.
import { candidateList, itemsNamed } from '../../contract/named.ts'
import { Problem, problem } from '../problem.ts'
import type { ConnectionRecord } from '../records.ts'
import type { Vault } from '../vault/vault.ts'

/**
 * The id of the connection that `text` means. Throws `not_found`, `conflict` with the candidates if it is ambiguous, or
 * `vault_broken` if its profile is among the `damaged` records.
 */
export function connectionNamed(
  connections: Iterable<readonly [id: string, record: ConnectionRecord]>,
  text: string,
  service: (id: string) => { name: string } | undefined,
  damaged: ReturnType<Vault['damaged']> = [],
): string {
  const lost = damaged.filter(({ kind }) => kind === 'connection')
  const all = [
    ...[...connections].map(([id, { name, serviceId }]) => ({ id, name, serviceId })),
    ...lost.map(({ id, name, serviceId }) => ({ id, name: name ?? id, serviceId: serviceId ?? 'an unknown service' })),
  ]
  const [found, ...others] = itemsNamed(all, text)
  if (!found) {
    throw problem(
      'not_found',
      `There is no connection “${text}”.`,
      all.length > 0 ? 'See “grantdesk list”.' : 'There are none yet: see “grantdesk connect --help”.',
    )
  }
  if (others.length === 0) {
    const damage = lost.find(({ id }) => id === found.id)
    if (damage) throw new Problem(damage.failure)
    return found.id
  }
  const candidates = [found, ...others].map((one) => ({
    ...one,
    serviceName: service(one.serviceId)?.name ?? one.serviceId,
  }))
  throw problem(
    'conflict',
    `“${text}” is more than one connection: ${candidateList(candidates)}.`,
    'Use more of the name, or the id.',
  )
}
