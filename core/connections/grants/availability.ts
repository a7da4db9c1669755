// Whether this installation of a service has OAuth at all: asked before the browser opens on a page that is not there.
import { isRedirected, Problem } from '../../problem.ts'
import { endpointsOf } from '../../services/addresses.ts'
import type { AttemptContext } from '../attempt-context.ts'

/** Throws `not_supported` with the grant that works instead; the network's own trouble where nothing answers. */
export async function checkAvailability({ service, baseUrl, recording, signal }: AttemptContext): Promise<void> {
  const { availability } = service
  if (!availability) return
  const title = 'Does this installation have OAuth?'
  const fetch = recording.fetch({ title, to: 'authorization_server', allowRedirects: false, signal })
  const { authorization } = endpointsOf(service, baseUrl)
  const asked = fetch(authorization, { headers: { accept: 'text/html' }, redirect: 'manual' })
  const status = await asked
    .then((response) => response.status)
    .catch((error: unknown) => {
      if (!isRedirected(error)) throw error
      return null
    })
  if (status === null || !availability.absentStatus.includes(status)) {
    const answer = status === null ? 'It sends visitors on, to sign in' : `It answers ${status} to a bare question`
    const step = recording.flow().steps.at(-1)
    // Also a status that refuses is the answer of an endpoint which is there.
    if (step) recording.endStep(step.id, { outcome: 'succeeded', note: `${answer}: it is there.` })
    return
  }
  const instead = service.grants.find(({ id }) => id === availability.instead)
  throw new Problem({
    kind: 'not_supported',
    message: availability.words,
    remedy: instead
      ? `Use the grant “${instead.name}” here, or check the base URL.`
      : 'Check the base URL, or ask whoever runs it.',
    insteadGrant: instead ? { id: instead.id, name: instead.name } : undefined,
  })
}
