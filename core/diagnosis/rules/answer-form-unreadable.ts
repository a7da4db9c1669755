// The server posted something to the redirect URI that is no form.
import { reconnect } from '../rule/actions.ts'
import { strayInstead } from '../rule/answer.ts'
import { evidence, headerOf } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'

export const answerFormUnreadable: Rule = (events, context) => {
  const stray = strayInstead(events, 'form')
  if (!stray) return null
  const type = stray.request === null ? null : headerOf(stray.request, 'content-type')
  return {
    weight: 'cause',
    title: 'The answer was posted, and not as a form.',
    explanation: 'With response_mode=form_post the parameters stand in a form (application/x-www-form-urlencoded).',
    evidence: [
      ...(type === null ? [] : [evidence(stray, 'content-type', type)]),
      ...(stray.status === null ? [] : [evidence(stray, 'answered with', String(stray.status))]),
    ],
    remedy: 'Tell the service’s operator what came. Where a page shows the code, connect again and paste that.',
    actions: reconnect(context),
    specification: {
      name: 'OAuth 2.0 Form Post Response Mode',
      section: '2',
      url: 'https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html#FormPostResponseMode',
    },
  }
}
