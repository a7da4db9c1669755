// A service's ready-made request turned into a draft for one connection: placeholders filled where the workspace tells.
// What nobody but the person can know, such as `{project_id}`, stays visible as it is and is named.
import type { ConnectionView } from '../../contract/connection.ts'
import type { RequestInput } from '../../contract/request.ts'
import type { ReadyRequest } from '../../contract/service.ts'

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

const placeholder = /\{([a-z][a-z0-9_]*)\}/gi

function known(connection: Pick<ConnectionView, 'workspace' | 'account'>): Map<string, string> {
  const values: [string, string | null | undefined][] = [
    ['slug', connection.workspace?.slug],
    ['workspace_id', connection.workspace?.id],
    ['account_id', connection.account?.id],
  ]
  return new Map(values.filter((pair): pair is [string, string] => Boolean(pair[1])))
}

/** Replaces the placeholders that the workspace answers; the values are path segments and are encoded as such. */
export function fillPlaceholders(
  text: string,
  connection: Pick<ConnectionView, 'workspace' | 'account'>,
  encode: (value: string) => string = (value) => value,
): string {
  const values = known(connection)
  return text.replaceAll(placeholder, (whole, name: string) => {
    const value = values.get(name)
    return value === undefined ? whole : encode(value)
  })
}

/** The placeholders left for the person, each once: what the connection answers the host fills in. */
export function openPlaceholders(
  draft: Pick<RequestDraft, 'path' | 'headers'>,
  connection: Pick<ConnectionView, 'workspace' | 'account'>,
): string[] {
  const texts = [draft.path, ...draft.headers.map((field) => field.value)].map((text) =>
    fillPlaceholders(text, { ...connection, account: null }, encodeURIComponent),
  )
  return [...new Set(texts.flatMap((text) => [...text.matchAll(placeholder)].map((match) => match[0])))]
}

let lastKey = 0

/** An empty or given header row with a key of its own. */
export function headerField(name = '', value = ''): HeaderField {
  lastKey += 1
  return { key: `h${lastKey}`, name, value }
}

/** The draft of a ready-made request for this connection. */
export function draftOf(ready: ReadyRequest, connection: Pick<ConnectionView, 'workspace' | 'account'>): RequestDraft {
  return {
    method: ready.method,
    path: fillPlaceholders(ready.path, connection, encodeURIComponent),
    headers: Object.entries(ready.headers).map(([name, value]) =>
      headerField(name, fillPlaceholders(value, connection)),
    ),
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
