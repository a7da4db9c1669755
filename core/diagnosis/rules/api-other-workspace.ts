// The path names a workspace that is not the connection's.
import { chooseWorkspace, reconnect } from '../rule/actions.ts'
import { apiEvidence, apiRefusal, expiredFor, knownThen } from '../rule/api.ts'
import { evidence } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'
import { slugInPath } from '../rule/workspace.ts'

export const apiOtherWorkspace: Rule = (events, context) => {
  const refusal = apiRefusal(events, 403, 404)
  if (refusal === undefined || expiredFor(refusal, context) !== null || refusal.error === 'insufficient_scope')
    return null
  const known = knownThen(refusal, context)
  const slug = slugInPath(refusal, context)
  const slugs = [known?.workspace, ...(known?.workspaces ?? [])].flatMap((one) => one?.slug ?? [])
  if (slug === null || slugs.length === 0 || slugs.includes(slug)) return null
  const { url } = refusal.event.request
  const start = url.indexOf(`/${encodeURIComponent(slug)}/`) + 1
  return {
    weight: 'cause',
    title: `The path names the workspace ${slug}, and the token is for ${slugs[0]}.`,
    explanation: 'A service answers as if there were nothing where a token has no access.',
    evidence: [
      evidence(refusal.event, 'url', url, start === 0 ? null : [start, start + encodeURIComponent(slug).length]),
      evidence(null, 'workspace', [...new Set(slugs)].join(', ')),
      ...apiEvidence(refusal),
    ],
    remedy: `Put ${slugs[0]} in the path, or connect ${slug} as well.`,
    actions: [...chooseWorkspace(context), ...reconnect(context)],
    specification: rfc(9110, '15.5.5'),
  }
}
