// Finds a connection by name, so that callers without its id do not have to fetch the whole list.
import { candidateList, itemsNamed } from '../../contract/named.ts'
import { problem } from '../problem.ts'
import type { ConnectionRecord } from '../records.ts'

/**
 * The id of the connection that `text` means. Throws `not_found`, or `conflict` with the candidates if it is ambiguous.
 */
export function connectionNamed(
  connections: Iterable<readonly [id: string, record: ConnectionRecord]>,
  text: string,
  service: (id: string) => { name: string } | undefined,
): string {
  const all = [...connections].map(([id, { name, serviceId }]) => ({ id, name, serviceId }))
  const [found, ...others] = itemsNamed(all, text)
  if (!found) {
    throw problem(
      'not_found',
      `There is no connection “${text}”.`,
      all.length > 0 ? 'See “grantdesk list”.' : 'There are none yet: see “grantdesk connect --help”.',
    )
  }
  if (others.length === 0) return found.id
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
