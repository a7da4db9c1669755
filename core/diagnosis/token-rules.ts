// The rules about the token endpoint and what it answers.
import type { Rule } from './rule/rule.ts'
import { endpointRedirects } from './rules/endpoint-redirects.ts'
import { oauthNotOffered } from './rules/oauth-not-offered.ts'
import { rateLimited } from './rules/rate-limited.ts'
import { tokenAnswerElsewhere } from './rules/token-answer-elsewhere.ts'
import { tokenAnswerEmpty } from './rules/token-answer-empty.ts'
import { tokenAnswerForm } from './rules/token-answer-form.ts'
import { tokenAnswerWithoutToken } from './rules/token-answer-without-token.ts'
import { tokenEndpointHtml } from './rules/token-endpoint-html.ts'
import { tokenEndpointNotFound } from './rules/token-endpoint-not-found.ts'
import { tokenEndpointTrouble } from './rules/token-endpoint-trouble.ts'
import { tokenEndpointWrongMethod } from './rules/token-endpoint-wrong-method.ts'
import { tokenRequestEncoding } from './rules/token-request-encoding.ts'
import { tokenTypeUnsendable } from './rules/token-type-unsendable.ts'

export const tokenRules: Record<string, Rule> = {
  'endpoint-redirects': endpointRedirects,
  'oauth-not-offered': oauthNotOffered,
  'token-endpoint-not-found': tokenEndpointNotFound,
  'token-endpoint-wrong-method': tokenEndpointWrongMethod,
  'token-request-encoding': tokenRequestEncoding,
  'token-answer-empty': tokenAnswerEmpty,
  'token-answer-elsewhere': tokenAnswerElsewhere,
  'token-answer-without-token': tokenAnswerWithoutToken,
  'token-type-unsendable': tokenTypeUnsendable,
  'token-endpoint-trouble': tokenEndpointTrouble,
  'rate-limited': rateLimited,
  'token-answer-form': tokenAnswerForm,
  'token-endpoint-html': tokenEndpointHtml,
}
