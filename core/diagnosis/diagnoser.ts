// Diagnoses a stored flow: reads what the rules need to know beside its events.
import type { Diagnosis } from '../../contract/flow/diagnosis.ts'
import { type Flow, isImported, type KeptFlow } from '../../contract/flow/flow.ts'
import type { Context } from '../connections/context.ts'
import { diagnose } from './diagnose.ts'
import { lastOf, lastTokenExchange, pairOf, parameterOf } from './rule/facts.ts'
import type { DiagnosisContext } from './rule/rule.ts'

export interface Diagnoser {
  /** The surest diagnosis first. Throws `not_found`. */
  diagnose(flowId: string): Promise<Diagnosis[]>
}

type Needs = Pick<Context, 'flows' | 'services' | 'clients' | 'connections'>

/** As many earlier flows as rules look through: what became of the tokens is not to be pushed out by a busy day's requests. */
const mostEarlier = { ofTokens: 12, others: 4 }

const aboutTokens: ReadonlySet<Flow['kind']> = new Set(['connect', 'refresh', 'revoke'])

export function createDiagnoser({ flows, services, clients, connections }: Needs): Diagnoser {
  /** Of the same connection or, where there is none yet, of the service's; what other programs did is no history of ours. */
  async function earlierThan(flow: Flow): Promise<Flow[]> {
    const { id, connectionId, serviceId, startedAt } = flow
    const { flows: all } = await flows.list(connectionId ?? undefined)
    const before = all.filter(
      (one) =>
        one.serviceId === serviceId &&
        one.id !== id &&
        one.startedAt <= startedAt &&
        isImported(one) === isImported(flow),
    )
    const ofTokens = before.filter(({ kind }) => aboutTokens.has(kind)).slice(0, mostEarlier.ofTokens)
    const others = before.filter(({ kind }) => !aboutTokens.has(kind)).slice(0, mostEarlier.others)
    const earlier = [...ofTokens, ...others].toSorted((one, other) => other.startedAt - one.startedAt)
    const read = await Promise.all(earlier.map((one) => flows.get(one.id).catch(() => null)))
    return read.filter((one) => one !== null)
  }

  async function contextOf({ events, ...flow }: KeptFlow): Promise<DiagnosisContext> {
    const connection = connections.views().find(({ id }) => id === flow.connectionId) ?? null
    const service = services.known(flow.serviceId) ?? null
    const wireId = clientIdIn(events)
    const client =
      clients
        .views()
        .find((one) =>
          connection === null
            ? one.serviceId === flow.serviceId && one.clientId === wireId
            : one.id === connection.clientId,
        ) ?? null
    const grant = service?.grants.find(({ id }) => id === connection?.grantId) ?? null
    return { flow, service, client, connection, grant, earlier: await earlierThan({ ...flow, events }) }
  }

  return {
    async diagnose(flowId) {
      const flow = await flows.get(flowId)
      return diagnose(flow.events, await contextOf(flow))
    },
  }
}

/** The `client_id` that was sent, if it stood in the open. */
function clientIdIn(events: Flow['events']): string | null {
  const asked = lastOf(events, 'authorization_request')
  if (asked) return pairOf(asked, 'client_id')
  const exchange = lastTokenExchange(events)
  return exchange ? parameterOf(exchange.request, 'client_id') : null
}
