// The headers that every request of a connection carries without anybody typing them, in the order in which the host
// adds them. Pure; the token is never among them, only the place where it stands.
import type { ConnectionView } from '../../contract/connection.ts'
import { connectionValues, fillHeader, placeholdersIn } from '../../contract/placeholders.ts'
import { headerBeforeToken } from '../../contract/request.ts'
import type { ServiceView } from '../../contract/service.ts'
import { installationName } from './ready-request.ts'

export interface AddedHeader {
  name: string
  value: string
  /** Why it is not sent as it stands here; `null` where it is. */
  instead: string | null
}

/** What stands in the token's place. */
export const maskedToken = '••••••••'

type Sender = Pick<ConnectionView, 'bearer' | 'workspace' | 'workspaces' | 'grantId' | 'account' | 'kept'>

/** The service's own headers, filled for this connection, and the token's; `typed` are names that the person gave. */
export function addedHeaders(
  connection: Sender,
  service: Pick<ServiceView, 'requestHeaders' | 'grants' | 'beatsBearer'> | undefined,
  typed: string[],
): AddedHeader[] {
  const replaced = new Set(typed.map((name) => name.trim().toLowerCase()))
  const values = connectionValues(connection)
  const own = Object.entries(service?.requestHeaders ?? {}).map(([name, template]) => {
    const value = fillHeader(template, values)
    return { name, value, instead: missingWords(value, connection, service) }
  })
  const before = service ? headerBeforeToken(service, connection.bearer, typed) : null
  const beaten = before === null ? null : `does not count: the ${before} above beats it`
  const { bearer } = connection
  const token = bearer && { name: bearer.header, value: `${bearer.prefix}${maskedToken}`, instead: beaten }
  return [...own, ...(token ? [token] : [])].map((each) =>
    replaced.has(each.name.toLowerCase()) ? { ...each, instead: 'replaced by the one above' } : each,
  )
}

function missingWords(
  value: string,
  { workspace, workspaces, grantId }: Sender,
  service: Pick<ServiceView, 'grants'> | undefined,
): string | null {
  const [open] = placeholdersIn(value)
  if (open === undefined) return null
  if (open === `{${installationName({ grantId }, service)}}`) return 'filled in from the installation'
  if (workspace === null && workspaces.length > 1) return 'left out until the workspace is chosen'
  return 'left out: the service did not say what belongs there'
}
