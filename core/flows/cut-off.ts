// What is said of operations that were cut off when the host stopped: what the service made of them is not known.
import type { Failure } from '../../contract/failure.ts'
import type { Flow } from '../../contract/flow/flow.ts'

type CutOff = Extract<Failure, { kind: 'cut_off' }>

/** Of a connect whose tokens never arrived: the service may have granted access, and where the person can end it. */
export function cutOffConnect(service: string, page: string | null): CutOff {
  const where =
    page === null
      ? `look for authorized applications in your account at ${service}`
      : `look at the authorized applications at ${service} (${page})`
  return {
    kind: 'cut_off',
    message: `Grantdesk stopped while it was connecting ${service}, which may have granted access that is stored nowhere here.`,
    remedy: `Connect again. If you do not, ${where}, and end the grant there.`,
    ...(page === null ? {} : { page }),
  }
}

/** Of a flow that was under way. */
export function cutOffFlow({ kind, about, connectionId }: Pick<Flow, 'kind' | 'about' | 'connectionId'>): CutOff {
  const isReconnect = about.connection !== null
  // A first connect gets its connection when the tokens are stored.
  if (kind === 'connect' && (isReconnect || connectionId === null)) {
    return cutOffConnect(about.service ?? 'the service', about.grantsPage)
  }
  if (kind === 'connect') {
    return {
      kind: 'cut_off',
      message: 'Grantdesk stopped after the tokens were stored, before the API had said whose they are.',
      remedy: 'Open the connection, and check it there.',
    }
  }
  return {
    kind: 'cut_off',
    message: 'Grantdesk stopped while this was under way; what the server made of it is not known.',
    remedy: 'Try again.',
  }
}
