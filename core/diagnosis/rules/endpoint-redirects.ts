// An endpoint of the authorization server sends the request on to another address, which is not followed.
import type { Evidence } from '../../../contract/flow/diagnosis.ts'
import { editService } from '../rule/actions.ts'
import { answerEvidence, difference, evidence, headerOf } from '../rule/facts.ts'
import { unanswered } from '../rule/network.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'
import { captivePortal } from './captive-portal.ts'

export const endpointRedirects: Rule = (events, context) => {
  const found = unanswered(events, 'redirected')
  if (found === undefined || found.event.purpose.kind === 'discovery' || captivePortal(events, context)) return null
  const { event, failure } = found
  const { url } = event.request
  const location = event.response && headerOf(event.response, 'location')
  const { title, remedy } = wordsFor(url, location ?? null, failure.to !== null)
  return {
    weight: 'cause',
    title,
    explanation: 'It is not followed: the code and the client secret would go wherever the answer says.',
    evidence: [...answerEvidence(event), ...addresses(url, location ?? null)],
    remedy,
    actions: editService(context),
    specification: rfc(6749, '3.2'),
  }

  function addresses(from: string, to: string | null): Evidence[] {
    if (to === null) return [evidence(event, 'url', from)]
    const parts = difference(from, to)
    return [evidence(event, 'url', from, parts.one), evidence(event, 'location', to, parts.other)]
  }
}

function wordsFor(url: string, location: string | null, isSameHost: boolean): { title: string; remedy: string } {
  const target = location === null ? null : URL.parse(location, url)
  const asked = URL.parse(url)
  if (target && asked && target.host === asked.host && target.protocol === asked.protocol) {
    if (target.pathname === `${asked.pathname}/`) return slash('lacks the slash at its end', 'Add it')
    if (`${target.pathname}/` === asked.pathname) return slash('has a slash too many at its end', 'Leave it out')
  }
  if (target && asked && target.hostname === asked.hostname && target.protocol !== asked.protocol) {
    const scheme = target.protocol.slice(0, -1)
    const remedy = `Begin the endpoint’s address with ${scheme} in the service’s description.`
    return { title: `The endpoint is reached by ${scheme}.`, remedy }
  }
  return isSameHost
    ? {
        title: 'The endpoint sends the request on to another page.',
        remedy: 'If that is a login page, the address is not the endpoint’s: correct it in the service’s description.',
      }
    : {
        title: 'The endpoint sends the request on to another host.',
        remedy: 'If the service has moved there, enter the new address in its description. Otherwise do not go on.',
      }
}

function slash(what: string, remedy: string): { title: string; remedy: string } {
  return { title: `The address of the endpoint ${what}.`, remedy: `${remedy} in the service’s description.` }
}
