// The API answered as it answers anybody: it does not know the token, and hid that behind a success.
import { reconnect, refresh } from '../rule/actions.ts'
import { answerEvidence, evidence, exchangesFor, failedCheck } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'

export const apiAnonymous: Rule = (events, context) => {
  const check = failedCheck(events, 'token_known')
  if (check?.reason !== 'anonymous') return null
  const [asked] = exchangesFor(events, 'token_check')
  return {
    weight: 'odd',
    title: 'The API answered as it answers anybody.',
    explanation:
      'It does not know the token, and shows what is public: the answer may lack what this account could see.',
    evidence: asked
      ? [evidence(asked, 'url', asked.request.url), ...answerEvidence(asked)]
      : [evidence(check, 'status', String(check.found ?? ''))],
    remedy: 'Refresh the connection, or connect again, then send the request again.',
    actions: [...refresh(context), ...reconnect(context)],
    specification: null,
  }
}
