// A parameter of the authorization response stands there twice.
import { reconnect } from '../rule/actions.ts'
import { strayInstead } from '../rule/answer.ts'
import { evidence, failedCheck, lastOf } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const duplicateParameters: Rule = (events, context) => {
  const check = failedCheck(events, 'parameters')
  const stray = strayInstead(events, 'parameters')
  const redirect = lastOf(events, 'redirect')
  const names = redirect?.parameters.map(([name]) => name) ?? namesIn(stray?.request?.url ?? '')
  const twice = typeof check?.found === 'string' ? check.found : names.find((name, at) => names.indexOf(name) !== at)
  const event = check ?? stray ?? redirect
  if (twice === undefined || event === undefined) return null
  return {
    weight: 'cause',
    title: `The answer names ${twice} twice.`,
    explanation: 'Nobody can tell which of the two is meant, so neither is used. No authorization server does this.',
    evidence: [evidence(event, 'parameter', twice)],
    remedy:
      'Connect again. If it stays so, look for what changes the address: a proxy, or a query in the redirect URI.',
    actions: reconnect(context),
    specification: rfc(6749, '3.1'),
  }
}

function namesIn(url: string): string[] {
  return [...new URLSearchParams(url.split('?')[1] ?? '').keys()]
}
