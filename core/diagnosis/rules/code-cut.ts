// A code that was pasted alone was refused: it may not be whole.
import { reconnect } from '../rule/actions.ts'
import { refusedCode } from '../rule/code.ts'
import { evidence, lastCheck } from '../rule/facts.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'

export const codeCut: Rule = (events, context) => {
  const refused = refusedCode(events)
  const via = refused?.redirect?.via
  if (!refused?.redirect || refused.refusal.detail !== undefined) return null
  if (via !== 'pasted' && via !== 'out_of_band') return null
  const state = lastCheck(events, 'state')
  if (state?.reason !== 'not_pasted') return null
  return {
    weight: 'likely',
    title: 'The code that was pasted may not be whole.',
    explanation: 'A code alone shows nothing of where it ends, and terminals and chat programs cut long lines.',
    evidence: [
      evidence(refused.redirect, 'received', 'pasted by hand'),
      ...(refused.code === null ? [] : [evidence(refused.exchange, 'code', refused.code)]),
      ...refusalEvidence(refused.refusal),
    ],
    remedy:
      'Connect again, and paste the whole address that the browser ends at or, where a page shows the code, all of it.',
    actions: reconnect(context),
    specification: null,
  }
}
