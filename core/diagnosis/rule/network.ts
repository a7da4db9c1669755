// What rules read of a request that got no usable response: the exchange that the flow ended with, and why it failed.
import type { Evidence } from '../../../contract/flow/diagnosis.ts'
import type { EventOf, FlowEvent } from '../../../contract/flow/event.ts'
import type { ExchangeFailure } from '../../../contract/flow/exchange.ts'
import type { ProxyFacts } from '../../../contract/flow/route.ts'
import { evidence } from './facts.ts'
import type { DiagnosisContext } from './rule.ts'

type FailureOf<Kind extends ExchangeFailure['kind']> = Extract<ExchangeFailure, { kind: Kind }>

export interface Unanswered<Kind extends ExchangeFailure['kind']> {
  event: EventOf<'exchange'>
  failure: FailureOf<Kind>
}

/** The last exchange, if it failed in this way. */
export function unanswered<Kind extends ExchangeFailure['kind']>(
  events: FlowEvent[],
  kind: Kind,
): Unanswered<Kind> | undefined {
  const event = events.findLast((one): one is EventOf<'exchange'> => one.kind === 'exchange')
  if (event?.outcome !== 'failed' || event.failure?.kind !== kind) return undefined
  return { event, failure: event.failure as FailureOf<Kind> }
}

/** A failure of the network with one of these codes, or with a code that the test accepts. */
export function networkFailure(
  events: FlowEvent[],
  codes: readonly string[] | ((code: string) => boolean),
): (Unanswered<'network'> & { code: string }) | undefined {
  const found = unanswered(events, 'network')
  const code = found?.failure.code ?? null
  if (found === undefined || code === null) return undefined
  const isMeant = typeof codes === 'function' ? codes(code) : codes.includes(code)
  return isMeant ? { ...found, code } : undefined
}

/** The address and the system's code. */
export function networkEvidence({ event, failure }: Unanswered<'network'>): Evidence[] {
  const code = failure.code === null ? [] : [evidence(event, 'code', failure.code)]
  return [evidence(event, 'url', event.request.url), ...code]
}

const unreached: readonly (string | null)[] = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH']

/** A request that went to its host directly and did not reach it, though an earlier flow reached the host through a proxy. */
export function withoutItsProxy(
  events: FlowEvent[],
  { earlier }: Pick<DiagnosisContext, 'earlier'>,
): { event: EventOf<'exchange'>; proxy: ProxyFacts } | undefined {
  const lost = unanswered(events, 'timed_out') ?? unanswered(events, 'network')
  if (lost === undefined || (lost.event.route?.proxy ?? null) !== null) return undefined
  if (lost.failure.kind === 'network' && !unreached.includes(lost.failure.code)) return undefined
  const { host } = lost.failure
  for (const event of earlier.flatMap((flow) => flow.events)) {
    if (event.kind !== 'exchange' || event.response === null || !event.route?.proxy) continue
    if (URL.parse(event.request.url)?.host === host) return { event: lost.event, proxy: event.route.proxy }
  }
  return undefined
}
