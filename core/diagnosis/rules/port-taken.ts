// Nothing could listen at the redirect URI, so the answer had to be pasted.
import type { CheckReason } from '../../../contract/flow/check.ts'
import { listeningPlaceOf } from '../../../contract/redirect-uri.ts'
import { editClient, reconnect } from '../rule/actions.ts'
import { askedIn } from '../rule/authorization.ts'
import { evidence, lastCheck, lastOf } from '../rule/facts.ts'
import { proposedRedirect } from '../rule/redirect-uris.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

const said: Partial<Record<CheckReason, { title: (place: string) => string; remedy: string }>> = {
  in_use: {
    title: (place) => `Port ${place} of the redirect URI is in use by another program.`,
    remedy: 'End that program and connect again, or register another port.',
  },
  not_permitted: {
    title: (place) => `Port ${place} of the redirect URI may not be used by this program.`,
    remedy: 'Register a redirect URI with a port from 1024 on.',
  },
  no_such_address: {
    title: (place) => `This machine has no address ${place}.`,
    remedy: 'Register a redirect URI at 127.0.0.1.',
  },
}

export const portTaken: Rule = (events, context) => {
  const check = lastCheck(events, 'listener')
  const words = check?.reason ? said[check.reason] : undefined
  const sent = askedIn(events)?.redirectUri
  // An answer from elsewhere has to be forwarded or pasted anyway.
  if (!check || !words || !sent || listeningPlaceOf(sent) === null) return null
  const place = String(check.expected ?? '')
  const redirect = proposedRedirect(context)
  const changes = redirect.mode === 'ephemeral' ? reconnect(context, { redirect }) : []
  return {
    weight: lastOf(events, 'redirect') === undefined ? 'likely' : 'odd',
    title: words.title(place),
    explanation: 'So nothing listened for the answer, which had to be pasted.',
    evidence: [evidence(check, 'redirect listener', place)],
    remedy: words.remedy,
    actions: [...reconnect(context), ...changes, ...editClient(context)],
    specification: rfc(8252, '7.3'),
  }
}
