// The API answers as if there were nothing: a wrong path, or something that this account may not see.
import { apiEvidence, apiRefusal, knownThen } from '../rule/api.ts'
import { evidence } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'
import { missingHeader, slugInPath } from '../rule/workspace.ts'
import { apiOtherWorkspace } from './api-other-workspace.ts'

export const apiNotFound: Rule = (events, context) => {
  const refusal = apiRefusal(events, 404)
  if (refusal === undefined || missingHeader(refusal, context) !== null || apiOtherWorkspace(events, context))
    return null
  const known = knownThen(refusal, context)
  const { url } = refusal.event.request
  const path = URL.parse(url)?.pathname ?? url
  const start = url.indexOf(path, url.indexOf('//') + 2)
  const slug = slugInPath(refusal, context)
  return {
    weight: 'likely',
    title: `There is nothing at ${path} for ${known?.account?.name ?? 'this account'}.`,
    explanation: 'Many APIs answer 404 in place of 403 to whoever may not see what is there.',
    evidence: [
      evidence(refusal.event, 'url', url, start === -1 ? null : [start, start + path.length]),
      ...apiEvidence(refusal),
      ...(slug === null ? [] : [evidence(refusal.event, 'workspace in the path', slug)]),
    ],
    remedy: 'Check the path and the ids in it. If they are right, open the same thing in a browser as this account.',
    actions: [],
    specification: rfc(9110, '15.5.5'),
  }
}
