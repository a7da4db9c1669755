// The ready-made request of the service's description that a request to the API is.
import type { ReadyRequest } from '../../../contract/service.ts'
import type { ApiRefusal } from './api.ts'
import { tokenHeaderOf } from './placement.ts'
import type { DiagnosisContext } from './rule.ts'

/** By method and path, whatever fills its placeholders and whatever the query; `undefined` if there is none. */
function describedRequest({ event }: ApiRefusal, { service, connection }: DiagnosisContext): ReadyRequest | undefined {
  const { method, url } = event.request
  const path = URL.parse(url)?.pathname ?? ''
  const root = URL.parse(connection?.apiRoot ?? '')?.pathname.replace(/\/$/, '') ?? ''
  return service?.requests.find(({ path: template, method: described }) => {
    const pattern = patternOf(template)
    return (
      described === method && (pattern.test(path) || (path.startsWith(root) && pattern.test(path.slice(root.length))))
    )
  })
}

function patternOf(template: string): RegExp {
  const [path = ''] = template.replace(/^https?:\/\/[^/]+/i, '').split(/[?#]/)
  const source = path.split(/\{[a-z][a-z0-9_]*\}/i).map((part) => part.replace(/[.*+?^$|()[\]{}\\]/g, '\\$&'))
  return new RegExp(`^${source.join('[^/]+')}$`)
}

/** The narrowest scope that allows the request by its description; `null` if none is described, or the token holds one. */
export function describedScope(refusal: ApiRefusal, context: DiagnosisContext): string | null {
  const { connection } = context
  const allow = describedRequest(refusal, context)?.scopes ?? []
  const [narrowest] = allow
  if (narrowest === undefined || connection === null || tokenHeaderOf(refusal, context) === null) return null
  const { requested, granted, reported } = connection.scopes
  const held = new Set([...(granted ?? requested), ...(reported ?? [])])
  return held.has('*') || allow.some((scope) => held.has(scope)) ? null : narrowest
}
