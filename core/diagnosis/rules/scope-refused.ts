// The server refuses a scope: it does not know it, or this client may not ask for it.
import type { Service } from '../../../contract/service.ts'
import { editService, openRegistration, reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { type Refusal, refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { askedScopes, describedScopes } from '../rule/scopes.ts'
import { rfc } from '../rule/specification.ts'
import { scopeSeparator } from './scope-separator.ts'

export const scopeRefused: Rule = (events, context) => {
  const refusal = refusalIn(events)
  if (refusal?.reason !== 'invalid_scope' || scopeSeparator(events, context)) return null
  const asked = askedScopes(events, context.service)
  const refused = asked === null ? null : refusedOf(asked.scopes, refusal, context.service)
  const common = {
    weight: 'cause' as const,
    specification: rfc(6749, '3.3'),
    explanation: 'It does not know it, or this client may not ask for it; one such scope fails the whole request.',
  }
  if (asked === null || refused === null) {
    return {
      ...common,
      title: 'The server refuses one of the scopes.',
      evidence: [...(asked === null ? [] : [evidence(asked.event, 'scope', asked.text)]), ...refusalEvidence(refusal)],
      remedy: 'Choose fewer scopes, or allow them for the client at the service.',
      actions: [...openRegistration(context), ...editService(context)],
    }
  }
  const start = asked.text.indexOf(refused)
  const alike = spelledOtherwise(refused, context.service)
  const rest = [...asked.scopes.filter((one) => one !== refused), ...(alike === undefined ? [] : [alike])]
  return {
    ...common,
    ...(alike === undefined ? {} : { explanation: `The service’s description spells it ${alike}.` }),
    title: `The server refuses the scope ${refused}.`,
    evidence: [
      evidence(asked.event, 'scope', asked.text, [start, start + refused.length]),
      ...refusalEvidence(refusal),
    ],
    remedy:
      alike === undefined
        ? `Connect again without ${refused}, or allow it for the client at the service.`
        : `Connect again with ${alike}.`,
    actions: [
      ...(rest.length === 0 ? [] : reconnect(context, { scopes: rest })),
      ...openRegistration(context),
      ...editService(context),
    ],
  }
}

/** The one that the server's words hold, or the only one that the description does not list. */
function refusedOf(scopes: string[], { words }: Refusal, service: Service | null): string | null {
  if (scopes.length === 1) return scopes[0] ?? null
  const said = new Set((words.errorDescription ?? '').split(/[\s,;'"`“”‘’()[\]]+|[.:](?=\s|$)/))
  const named = scopes.filter((scope) => said.has(scope))
  if (named.length === 1) return named[0] ?? null
  const described = describedScopes(service)
  const unlisted = described.length === 0 ? [] : scopes.filter((scope) => !described.includes(scope))
  return unlisted.length === 1 ? (unlisted[0] ?? null) : null
}

/** A scope of the description that differs in case and separators alone. */
function spelledOtherwise(scope: string, service: Service | null): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '')
  return describedScopes(service).find((one) => one !== scope && plain(one) === plain(scope))
}
