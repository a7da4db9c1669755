// Which header carries a connection's token: the person's own choice, the grant's, or the service's.
import type { Service, TokenPlacement } from '../../contract/service.ts'
import type { ConnectionRecord } from '../records.ts'
import type { Secret } from '../secret.ts'

type Placed = Pick<ConnectionRecord, 'bearer' | 'grantId'>

export function placementOf(service: Service, { bearer, grantId }: Placed): TokenPlacement {
  return bearer ?? service.grants.find(({ id }) => id === grantId)?.bearer ?? service.bearer
}

/** The header that carries the token to the service's API. */
export function bearerHeader(service: Service, record: Placed, accessToken: Secret): [string, string] {
  const { header, prefix } = placementOf(service, record)
  return [header, `${prefix}${accessToken.reveal()}`]
}
