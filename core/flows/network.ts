// Which URLs may be requested, and what a failed request means, as a typed failure that names the host but nothing else of the
// URL.
import type { Failure } from '../../contract/failure.ts'
import type { ExchangeFailure } from '../../contract/flow/exchange.ts'
import { isProxyCode, proxyCode, proxyRemedy } from '../../contract/flow/proxy-words.ts'
import type { ProxyFacts } from '../../contract/flow/route.ts'
import {
  exchangeFailureWords,
  isBadCertificate,
  isRefusedHandshake,
  isUntrusted,
} from '../../contract/flow/trouble-words.ts'
import { isLoopback } from '../loopback.ts'
import { errorCodeIn } from '../network/error-code.ts'
import { proxyErrorIn } from '../network/proxy-problem.ts'
import { invalid, Problem } from '../problem.ts'

/** Plain http is for this machine alone. @see https://www.rfc-editor.org/rfc/rfc6749#section-3.1 */
export function checkedAddress(text: string): URL {
  const url = URL.parse(text)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw invalid('url', 'This is no http or https address.', 'Check the addresses of the service.')
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw invalid(
      'url',
      exchangeFailureWords({ kind: 'address_refused', host: url.host }),
      'Use the https address of the service; plain http is only for this machine (127.0.0.1, localhost).',
    )
  }
  return url
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

/** Whether an error code shows that no byte of the request reached the server. */
export function wasNeverSent(code: string | null): boolean {
  return code !== null && (beforeSending.has(code) || isBadCertificate(code) || isProxyCode(code))
}

const timeOuts = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ESOCKETTIMEDOUT',
])

/** What an exception of fetch, or of reading its body, means; `proxy` is the one that the request went through. */
export function exchangeFailure(error: unknown, host: string, proxy: ProxyFacts | null = null): ExchangeFailure {
  if (error instanceof ExchangeProblem) return error.why
  const atProxy = proxyErrorIn(error)
  if (atProxy) return { kind: 'proxy', host, proxy: atProxy.proxy, trouble: atProxy.trouble }
  // The application itself refuses requests only because of their URL.
  if (error instanceof Problem)
    return error.failure.kind === 'invalid_input' ? { kind: 'address_refused', host } : { kind: 'internal' }
  const code = errorCodeIn(error)
  if (code !== null && timeOuts.has(code)) return { kind: 'timed_out', host, afterMs: null }
  if (code !== null && /^(?:HPE_|UND_ERR_RES|Z_|ERR__ERROR)/.test(code)) return { kind: 'not_http', host }
  return { kind: 'network', host, code, ...(proxy ? { proxy } : {}) }
}

/** An exchange that failed, and why. */
export class ExchangeProblem extends Problem {
  readonly why: ExchangeFailure

  /** `status` if a response had begun. */
  constructor(why: ExchangeFailure, status: number | null = null) {
    super(failureFor(why, status))
    this.why = why
  }
}

function failureFor(why: ExchangeFailure, status: number | null): Failure {
  const message = exchangeFailureWords(why)
  switch (why.kind) {
    case 'network':
      return { kind: 'network', message, remedy: remedyFor(why), code: why.code }
    case 'proxy':
      return { kind: 'network', message, remedy: proxyRemedy(why), code: proxyCode(why.trouble) }
    case 'timed_out':
      return { kind: 'timed_out', message, remedy: 'Try again later.' }
    case 'not_http':
      return { kind: 'unexpected_answer', message, status: null }
    case 'redirected': {
      const remedy = 'Check the address of the endpoint, its http or https, and its trailing slash.'
      return { kind: 'unexpected_answer', message, remedy, status }
    }
    case 'address_refused':
    case 'cancelled':
    case 'flow_ended':
    case 'host_ended':
    case 'internal':
      return { kind: 'cancelled', message }
  }
}

const brokenOff = new Set(['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'])

function remedyFor({ code, proxy }: Extract<ExchangeFailure, { kind: 'network' }>): string {
  if (code === 'ENOTFOUND') {
    return 'Check the address for a spelling mistake. If only a proxy knows the name, set HTTPS_PROXY.'
  }
  if (isUntrusted(code) && proxy) {
    return 'If the proxy reads encrypted traffic, add its certificate authority to the system’s, or set NODE_EXTRA_CA_CERTS to its file.'
  }
  if (isRefusedHandshake(code)) {
    return 'If it lets only known clients in, add your client certificate to the service, or check the one that is there.'
  }
  if (isBadCertificate(code)) {
    return 'Ask the server’s operator; for a certificate authority of your own, add it to the service or to the system’s, or set NODE_EXTRA_CA_CERTS to its file.'
  }
  // In TLS 1.3 the alert that says so often comes after the connection has gone.
  const known =
    code !== null && brokenOff.has(code) ? ' A server that wants a client certificate may hang up, too.' : ''
  return `Check the address and the network, then try again.${known}`
}
