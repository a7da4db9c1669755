// A service's ready-made request turned into a draft for one connection: placeholders filled where the workspace tells.
// What nobody but the person can know, such as `{project_id}`, stays visible as it is and is named.
import type { ConnectionView } from '../../contract/connection.ts'
import { connectionValues, fillHeader, fillPath, placeholdersIn } from '../../contract/placeholders.ts'
import type { RequestInput } from '../../contract/request.ts'
import type { ReadyRequest, ServiceView } from '../../contract/service.ts'

export interface HeaderField {
  /** Stable across edits, so that a row keeps its focus. */
  key: string
  name: string
  value: string
}

export interface RequestDraft {
  method: RequestInput['method']
  path: string
  headers: HeaderField[]
  body: string
}

type Asked = Pick<ConnectionView, 'workspace' | 'account' | 'grantId' | 'kept'>
type Describing = Pick<ServiceView, 'grants'> | undefined

/** The name that only the host can fill, from the installation of an app; `null` where there is none. */
export function installationName({ grantId }: Pick<ConnectionView, 'grantId'>, service: Describing): string | null {
  return service?.grants.find(({ id }) => id === grantId)?.installation?.parameter ?? null
}

/** The placeholders left for the person, each once: what the connection answers the host fills in. */
export function openPlaceholders(
  { path, headers }: Pick<RequestDraft, 'path' | 'headers'>,
  connection: Asked,
  service: Describing,
): string[] {
  const values = connectionValues(connection)
  const installed = installationName(connection, service)
  const texts = [fillPath(path, values), ...headers.map(({ value }) => fillHeader(value, values))]
  return placeholdersIn(texts.join('\n')).filter((open) => open !== `{${installed}}`)
}

let lastKey = 0

/** An empty or given header row with a key of its own. */
export function headerField(name = '', value = ''): HeaderField {
  lastKey += 1
  return { key: `h${lastKey}`, name, value }
}

/** The draft of a ready-made request for this connection. */
export function draftOf(ready: ReadyRequest, connection: Omit<Asked, 'grantId'>): RequestDraft {
  const values = connectionValues(connection)
  return {
    method: ready.method,
    path: fillPath(ready.path, values),
    headers: Object.entries(ready.headers).map(([name, value]) => headerField(name, fillHeader(value, values))),
    body: ready.body,
  }
}

/** What crosses the door: rows without a name are left out, and a body where the method sends one. */
export function requestOf(draft: RequestDraft): Pick<RequestInput, 'method' | 'path' | 'headers' | 'body'> {
  return {
    method: draft.method,
    path: draft.path.trim(),
    headers: draft.headers
      .filter((field) => field.name.trim() !== '')
      .map((field): [string, string] => [field.name.trim(), field.value.trim()]),
    body: takesBody(draft.method) ? draft.body : '',
  }
}

/** Whether a request of this method carries the body that was typed. */
export function takesBody(method: RequestDraft['method']): boolean {
  return method !== 'GET' && method !== 'HEAD'
}
