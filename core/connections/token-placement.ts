// Which header a connection's token is sent in: the person's choice, the grant's, or the service's.
import type { Service, TokenPlacement } from '../../contract/service.ts'
import type { ConnectionRecord } from '../records.ts'
import type { Secret } from '../secret.ts'

type Placed = Pick<ConnectionRecord, 'bearer' | 'grantId'>

export function placementOf(service: Service, { bearer, grantId }: Placed): TokenPlacement {
  return bearer ?? service.grants.find(({ id }) => id === grantId)?.bearer ?? service.bearer
}

/** The header with the token for the service's API. */
export function bearerHeader(service: Service, record: Placed, accessToken: Secret): [string, string] {
  const { header, prefix } = placementOf(service, record)
  return [header, `${prefix}${accessToken.reveal()}`]
}
