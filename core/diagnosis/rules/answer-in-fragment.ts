// The browser came back with nothing in the query: the answer may stand in the fragment, which browsers do not send.
import { editService, reconnect } from '../rule/actions.ts'
import { strayInstead, strayPath } from '../rule/answer.ts'
import { evidence } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'

export const answerInFragment: Rule = (events, context) => {
  const stray = strayInstead(events, 'empty')
  if (!stray) return null
  return {
    weight: 'likely',
    title: 'The browser came back without an answer in the address.',
    explanation:
      'The server may answer in the fragment (#), which browsers keep to themselves; the page there could not hand it over.',
    evidence: [evidence(stray, 'path', strayPath(stray))],
    remedy: 'Connect again, and paste the whole address that the browser ends at, with all that stands after #.',
    actions: [...reconnect(context), ...editService(context)],
    specification: {
      name: 'OAuth 2.0 Multiple Response Type Encoding Practices',
      section: '2.1',
      url: 'https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html#ResponseModes',
    },
  }
}
