// Turns what the person typed into the request to send: fills placeholders, checks the URL, adds the token's header last.

import { fillHeader, fillPath, placeholdersIn } from '../../contract/placeholders.ts'
import type { Service } from '../../contract/service.ts'
import { invalid } from '../problem.ts'
import type { ConnectionRecord } from '../records.ts'
import { apiAddress } from '../services/addresses.ts'
import { apiHeaders, canCarry, givenByServer, mergeHeaders, placeholderValues } from './api-headers.ts'

/** What the person typed, and the connection it is for. */
export interface Typed {
  path: string
  headers: [string, string][]
  service: Pick<Service, 'api' | 'grants' | 'requestHeaders'>
  record: Pick<
    ConnectionRecord,
    'baseUrl' | 'workspace' | 'account' | 'grantId' | 'installation' | 'kept' | 'keptFromRedirect'
  >
  bearer: [string, string]
}

/** Checks the parts of RFC 9110's header grammar (§5.1, §5.5) that a person can get wrong. */
function checkHeader([name, value]: [string, string]): void {
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name))
    throw invalid('headers', 'A name among the headers holds a character that header names cannot carry.')
  if (!canCarry(value)) throw invalid('headers', `The value of ${name} holds a character that headers cannot carry.`)
  const [open] = placeholdersIn(value)
  if (open) throw invalid('headers', `Fill in ${open} in the header ${name} first.`)
}

/** Throws `invalid_input` for another origin, an unfilled placeholder, or a header that cannot be sent. */
export function resolveRequest({ path, headers, service, record, bearer }: Typed) {
  const values = placeholderValues(service, record)
  const url = apiAddress(fillPath(path.trim(), values), record.baseUrl, service, givenByServer(record))
  const typed = headers
    .filter(([name]) => name.trim() !== '')
    .map(([name, value]): [string, string] => [name.trim(), fillHeader(value, values).trim()])
  for (const header of typed) checkHeader(header)
  const own = typed.some(([name]) => name.toLowerCase() === bearer[0].toLowerCase())
  const all = mergeHeaders(apiHeaders(service, record), typed)
  return { url, headers: own ? all : [...all, bearer], carriesToken: !own }
}
