// Checks whether this installation of a service has OAuth at all, before the browser would open a missing page.
import { isRedirected, Problem } from '../../problem.ts'
import { authorizationEndpointOf } from '../../services/addresses.ts'
import type { AttemptContext } from './attempt-context.ts'

/** Throws `not_supported` with the grant that works instead; a network Problem if there is no response. */
export async function checkAvailability({ service, baseUrl, recording, signal }: AttemptContext): Promise<void> {
  const { availability } = service
  if (!availability) return
  const purpose = { kind: 'availability' as const }
  const exchange = recording.exchange({ purpose, to: 'authorization_server', allowRedirects: false, signal })
  const asked = exchange.fetch(authorizationEndpointOf(service, baseUrl), {
    headers: { accept: 'text/html' },
    redirect: 'manual',
  })
  const status = await asked
    .then((response) => response.status)
    .catch((error: unknown) => {
      if (!isRedirected(error)) throw error
      return null
    })
  if (status === null || !availability.absentStatus.includes(status)) {
    // Even an error status shows that the endpoint exists.
    exchange.conclude('endpoint_present', 'succeeded')
    recording.check({ which: 'availability', found: status, result: 'passed' })
    return
  }
  recording.check({ which: 'availability', found: status, result: 'failed', reason: 'missing' })
  const instead = service.grants.find(({ id }) => id === availability.instead)
  throw new Problem({
    kind: 'not_supported',
    message: availability.words,
    remedy: instead
      ? `Use the grant “${instead.name}” here, or check the base URL.`
      : 'Check the base URL, or ask its operator.',
    insteadGrant: instead ? { id: instead.id, name: instead.name } : undefined,
  })
}
