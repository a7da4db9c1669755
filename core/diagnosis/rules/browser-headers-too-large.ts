// The browser's request was too large to be read: the cookies of all programs on this machine come along.
import { reconnect } from '../rule/actions.ts'
import { strayInstead } from '../rule/answer.ts'
import { evidence } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'

export const browserHeadersTooLarge: Rule = (events, context) => {
  const stray = strayInstead(events, 'unreadable')
  if (stray?.status !== 431) return null
  return {
    weight: 'cause',
    title: 'The browser sent more than the redirect listener takes.',
    explanation: 'Browsers send the cookies of every server on this machine along, whatever its port.',
    evidence: [evidence(stray, 'answered with', String(stray.status))],
    remedy: 'Delete the cookies of localhost and 127.0.0.1 in the browser, or paste the address that it ends at.',
    actions: reconnect(context),
    specification: null,
  }
}
