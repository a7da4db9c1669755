// The userinfo endpoint answers about somebody else than the ID token.
import { reconnect } from '../rule/actions.ts'
import { evidence, exchangesFor, failedCheck } from '../rule/facts.ts'
import { weightIn } from '../rule/id-token.ts'
import type { Rule } from '../rule/rule.ts'
import { openIdCore } from '../rule/specification.ts'

export const userinfoSubject: Rule = (events, context) => {
  const check = failedCheck(events, 'userinfo_subject')
  if (!check) return null
  const asked = exchangesFor(events, 'identify').at(-1)
  return {
    weight: weightIn(context),
    title: 'The access token and the ID token are not the same person’s.',
    explanation: 'One of the two may have been put in the other’s place, so neither is trusted.',
    evidence: [
      evidence(check, 'sub in the ID token', String(check.expected ?? '')),
      evidence(asked ?? check, 'sub', String(check.found ?? '')),
    ],
    remedy: 'Connect again. If it happens again, tell the server’s operator.',
    actions: reconnect(context),
    specification: openIdCore('5.3.2', 'UserInfoResponse'),
  }
}
