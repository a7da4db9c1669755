// Every diagnosis rule by its name. Where several say something, the weight decides, then the order here: what is more
// particular stands before what is more general.
import type { Rule } from './rule/rule.ts'
import { interactionRequired } from './rules/interaction-required.ts'
import { issuerOfAnotherServer } from './rules/issuer-of-another-server.ts'
import { redirectUriChanged } from './rules/redirect-uri-changed.ts'
import { tokenEndpointHtml } from './rules/token-endpoint-html.ts'

export const rules: Record<string, Rule> = {
  'redirect-uri-changed': redirectUriChanged,
  'issuer-of-another-server': issuerOfAnotherServer,
  'interaction-required': interactionRequired,
  'token-endpoint-html': tokenEndpointHtml,
}
