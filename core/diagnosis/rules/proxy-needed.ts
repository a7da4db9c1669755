// The host was reached through a proxy before, and now directly in vain.
import { openProxySettings, repeat } from '../rule/actions.ts'
import { evidence, hostOf } from '../rule/facts.ts'
import { withoutItsProxy } from '../rule/network.ts'
import type { Rule } from '../rule/rule.ts'

export const proxyNeeded: Rule = (events, context) => {
  const found = withoutItsProxy(events, context)
  if (found === undefined) return null
  const { event, proxy } = found
  const host = hostOf(event.request.url)
  return {
    weight: 'cause',
    title: `${host} was asked without the proxy that reached it before.`,
    explanation: 'The proxy’s setting is gone, or this program was started without it.',
    evidence: [evidence(event, 'url', event.request.url), evidence(null, 'proxy before', proxy.address)],
    remedy:
      proxy.variable === null
        ? `Set the proxy ${proxy.address} again, then try again.`
        : `Set ${proxy.variable} to ${proxy.address} where Grantdesk is started, or enter the proxy in its settings.`,
    actions: [...openProxySettings(context), ...repeat(context)],
    specification: null,
  }
}
