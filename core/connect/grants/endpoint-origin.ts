// Checks where a redirect says that the token endpoint is, before the code is sent there.
import { allowedOrigins, endpointOrigin, originIn } from '../../services/endpoint-values.ts'
import type { AttemptContext } from './attempt-context.ts'

/** Puts it down in the flow; a value that is not allowed ends the attempt where the endpoint's address is made. */
export function checkEndpointOrigin(
  { service, baseUrl, recording }: Pick<AttemptContext, 'service' | 'baseUrl' | 'recording'>,
  redirected: Record<string, string>,
): void {
  const name = endpointOrigin(service.endpoints.token)
  if (name === null) return
  const found = redirected[name] ?? null
  const allowed = allowedOrigins(service, baseUrl)
  const outcome =
    found === null
      ? { result: 'skipped' as const, reason: 'not_said' as const }
      : allowed.includes(originIn(found) ?? '')
        ? { result: 'passed' as const }
        : { result: 'failed' as const, reason: 'different' as const }
  recording.check({ which: 'endpoint_origin', expected: allowed, found, ...outcome })
}
