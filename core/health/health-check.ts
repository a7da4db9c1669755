// Asks a connection's API, or its authorization server, whether its token still works, and says what needs the person.
import type { Caller, ConnectionView } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import { type Health, needsOf } from '../../contract/health.ts'
import type { Context } from '../connections/context.ts'
import type { Reidentifier } from '../connections/reidentify.ts'
import type { Diagnoser } from '../diagnosis/diagnoser.ts'
import { Problem } from '../problem.ts'

type Needs = Pick<Context, 'connections' | 'flows' | 'clock'>

/** Throws `not_found` and `cancelled`; every other failure is what it found. */
export function healthCheck({ connections, flows, clock }: Needs, reidentifier: Reidentifier, diagnoser: Diagnoser) {
  /** The newest flow of this connection since `since`: what asking it left behind. */
  const flowSince = (id: string, since: number) =>
    flows.recent().find(({ connectionId, startedAt }) => connectionId === id && startedAt >= since) ?? null

  /** Why it could not be asked, or what was refused; `null` if it answered. */
  async function ask(id: string, caller: Caller): Promise<Failure | null> {
    try {
      await reidentifier.identify(id, caller)
      return null
    } catch (error) {
      if (!(error instanceof Problem) || error.failure.kind === 'cancelled') throw error
      return error.failure
    }
  }

  return async (id: string, caller: Caller): Promise<Health> => {
    const before = connections.view(id)
    const since = clock.now()
    const asks = before.status.kind !== 'revoked' && before.damage === null
    const failure = asks ? await ask(id, caller) : null
    const connection = connections.view(id)
    const flow = asks ? flowSince(id, since) : null
    const unasked = failure?.kind === 'not_supported' && flow === null
    const needs = needsOf(connection, unasked ? null : failure, clock.now())
    return {
      ...{ connectionId: id, name: connection.name, serviceName: connection.serviceName, at: clock.now() },
      token: tokenState(connection, failure, unasked),
      expiresAt: connection.status.kind === 'revoked' ? null : connection.expiresAt,
      scopes: connection.scopes.reported ?? connection.scopes.granted,
      needs,
      flowId: flow?.id ?? null,
      diagnoses: flow === null || needs.length === 0 ? [] : await diagnoser.diagnose(flow.id),
    }
  }
}

function tokenState({ status, damage }: ConnectionView, failure: Failure | null, unasked: boolean): Health['token'] {
  if (status.kind === 'revoked') return 'revoked'
  if (unasked || damage !== null) return 'unasked'
  if (status.kind === 'needs_attention' || failure?.kind === 'refused') return 'refused'
  return failure === null ? 'works' : 'unreachable'
}
