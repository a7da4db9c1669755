// Which addresses may be reached, and what a failed attempt is called: network, timed out, cancelled, in plain words
// with the host's name and without anything else of the address.
import { invalid, Problem, problem } from '../problem.ts'

/** Plain http is for this machine alone. @see https://www.rfc-editor.org/rfc/rfc6749#section-3.1 */
export function checkedAddress(text: string): URL {
  const url = URL.parse(text)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw invalid('url', 'This is no http or https address.', 'Check the addresses of the service.')
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw invalid(
      'url',
      `${url.host} would be reached over http, where anyone on the way can read the credentials.`,
      'Use the https address of the service; plain http is only for this machine (127.0.0.1, localhost).',
    )
  }
  return url
}

/** A host name as URL spells it. */
export function isLoopback(hostname: string): boolean {
  return hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname) || /(?:^|\.)localhost$/.test(hostname)
}

const sentences: Record<string, (host: string) => string> = {
  ECONNREFUSED: (host) => `Nothing answers at ${host}.`,
  ENOTFOUND: (host) => `The name ${host} is not known to the network.`,
  EAI_AGAIN: (host) => `The name ${host} could not be looked up; the network may be down.`,
  ECONNRESET: (host) => `${host} broke off the connection.`,
  UND_ERR_SOCKET: (host) => `${host} broke off the connection.`,
  EPIPE: (host) => `${host} broke off the connection.`,
  ENETUNREACH: (host) => `There is no way to ${host}; the network may be down.`,
  EHOSTUNREACH: (host) => `There is no way to ${host}; the network may be down.`,
  CERT_HAS_EXPIRED: (host) => `The certificate of ${host} has expired.`,
  CERT_NOT_YET_VALID: (host) => `The certificate of ${host} is not valid yet; this machine's clock may be wrong.`,
  ERR_TLS_CERT_ALTNAME_INVALID: (host) => `The certificate that ${host} shows is for another name.`,
}

const untrusted = /SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|CERT_UNTRUSTED|CERT_SIGNATURE|CERT_CHAIN/
/** The certificate stays what it is: another try a second later shows the same one. */
export function isBadCertificate(code: string | null): boolean {
  return code !== null && (untrusted.test(code) || /CERT|TLS|SSL/.test(code))
}

const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
])

/** Whether a network error says that not a byte of the request has reached the server. */
export function wasNeverSent(code: string | null): boolean {
  return code !== null && (beforeSending.has(code) || isBadCertificate(code))
}

const timeOuts = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ESOCKETTIMEDOUT',
])

/** What an exception of fetch, or of reading its body, means. */
export function networkProblem(error: unknown, host: string): Problem {
  if (error instanceof Problem) return error
  const code = codeOf(error)
  if (code !== null && timeOuts.has(code)) return timedOut(host)
  if (code !== null && /^(?:HPE_|UND_ERR_RES|Z_|ERR__ERROR)/.test(code)) {
    const message = `${host} answered something that is not readable as HTTP.`
    return new Problem({ kind: 'unexpected_answer', message, status: null })
  }
  return new Problem({ kind: 'network', message: sentence(code, host), remedy: remedy(code), code })
}

function sentence(code: string | null, host: string): string {
  if (code === null) return `${host} could not be reached.`
  if (untrusted.test(code)) return `The certificate of ${host} is not signed by anyone this machine trusts.`
  return sentences[code]?.(host) ?? `${host} could not be reached (${code}).`
}

function remedy(code: string | null): string {
  if (code === 'ENOTFOUND') return 'Check the address for a spelling mistake.'
  if (isBadCertificate(code)) {
    return 'Ask whoever runs the server; for a certificate authority of your own, set NODE_EXTRA_CA_CERTS to its file.'
  }
  return 'Check the address and the network, then try again.'
}

export function timedOut(host: string, ms?: number): Problem {
  const within = ms === undefined ? 'in time' : `within ${Math.max(1, Math.round(ms / 1000))} s`
  return problem('timed_out', `${host} did not answer ${within}.`, 'Try again later.')
}

/** The code of the innermost cause; several addresses of one name fail as one AggregateError. */
function codeOf(error: unknown): string | null {
  let found: string | null = null
  let current: unknown = error
  for (let depth = 0; depth < 6 && typeof current === 'object' && current !== null; depth++) {
    if ('code' in current && typeof current.code === 'string') found = current.code
    // Newer releases of undici leave the parser's code out.
    else if (current instanceof Error && current.name === 'HTTPParserError') found = 'HPE_INVALID'
    if (current instanceof AggregateError && current.errors.length > 0) current = current.errors[0]
    else current = 'cause' in current ? current.cause : null
  }
  return found
}
