// The request went out without the header that names the workspace or the account, because none is chosen.
import { chooseWorkspace } from '../rule/actions.ts'
import { apiEvidence, apiRefusal, expiredFor } from '../rule/api.ts'
import { evidence } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { missingHeader } from '../rule/workspace.ts'

export const workspaceNotChosen: Rule = (events, context) => {
  const refusal = apiRefusal(events, 400, 403, 404, 422)
  if (refusal === undefined || expiredFor(refusal, context) !== null || refusal.error === 'insufficient_scope')
    return null
  const missing = missingHeader(refusal, context)
  if (missing === null) return null
  const count = context.connection?.workspaces.length ?? 0
  return {
    weight: 'cause',
    title: `The request had no ${missing.name}, because no workspace is chosen.`,
    explanation:
      count > 1
        ? `The token reaches ${count} workspaces, and this service wants to be told which one is meant.`
        : 'This service wants to be told with each request which one is meant.',
    evidence: [evidence(null, 'described', `${missing.name}: ${missing.template}`), ...apiEvidence(refusal)],
    remedy: 'Choose the connection’s workspace, then send the request again.',
    actions: chooseWorkspace(context),
    specification: null,
  }
}
