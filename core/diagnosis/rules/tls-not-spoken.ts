// An https address at whose port plain http, or something else, is spoken.
import { editService } from '../rule/actions.ts'
import { networkEvidence, networkFailure } from '../rule/network.ts'
import type { Rule } from '../rule/rule.ts'

const codes = ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'ERR_SSL_HTTP_REQUEST']

export const tlsNotSpoken: Rule = (events, context) => {
  const found = networkFailure(events, codes)
  if (found === undefined) return null
  const { event } = found
  const { url } = event.request
  const isHere = /^https:\/\/(?:localhost|127\.|\[::1\])/.test(url)
  return {
    weight: 'cause',
    title: `${found.failure.host} does not answer in TLS.`,
    explanation: 'The address begins with https, and the server at this port most likely speaks plain http.',
    evidence: networkEvidence(found).map((one) => (one.name === 'url' ? { ...one, marked: [0, 'https'.length] } : one)),
    remedy: isHere
      ? 'Write http in place of https: on this machine that is allowed.'
      : 'Use the port at which the server speaks TLS, mostly 443.',
    actions: editService(context),
    specification: null,
  }
}
