// A request that could be sent, as one curl command.
import { curlOf } from '../../contract/curl.ts'
import type { RequestInput } from '../../contract/request.ts'
import { resolveRequest, type Typed } from './resolve.ts'

type Asked = Typed & Pick<RequestInput, 'method' | 'body'>

/** Throws `invalid_input` for a path of another origin or with an unfilled placeholder. */
export function curlCommand(asked: Asked): string {
  const { url, headers } = resolveRequest(asked)
  return curlOf({ method: asked.method, url: url.href, headers: [...headers], body: asked.body })
}
