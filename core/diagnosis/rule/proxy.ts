// A finding about the proxy that a request went through: all alike but for why.
import type { Diagnosis } from '../../../contract/flow/diagnosis.ts'
import type { FlowEvent } from '../../../contract/flow/event.ts'
import type { ProxyTrouble } from '../../../contract/flow/exchange.ts'
import { proxyFailureWords, proxyRemedy } from '../../../contract/flow/proxy-words.ts'
import { openProxySettings, repeat } from './actions.ts'
import { evidence } from './facts.ts'
import { unanswered } from './network.ts'
import type { DiagnosisContext, Finding } from './rule.ts'

/** `null` unless the proxy failed for this reason. */
export function proxyFinding(
  events: FlowEvent[],
  context: Pick<DiagnosisContext, 'flow'>,
  reason: ProxyTrouble['reason'],
  explanation: string,
  specification: Diagnosis['specification'] = null,
): Finding | null {
  const found = unanswered(events, 'proxy')
  if (found?.failure.trouble.reason !== reason) return null
  const { event, failure } = found
  const { status, code, schemes } = failure.trouble
  return {
    weight: 'cause',
    title: proxyFailureWords(failure),
    explanation,
    evidence: [
      evidence(event, 'proxy', failure.proxy.address),
      ...(failure.proxy.variable === null ? [] : [evidence(event, 'variable', failure.proxy.variable)]),
      ...(status === null ? [] : [evidence(event, 'status', String(status))]),
      ...(code === null ? [] : [evidence(event, 'code', code)]),
      ...(schemes.length === 0 ? [] : [evidence(event, 'Proxy-Authenticate', schemes.join(', '))]),
    ],
    remedy: proxyRemedy(failure),
    actions: [...openProxySettings(context), ...repeat(context)],
    specification,
  }
}
