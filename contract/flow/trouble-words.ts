// Why there is no usable response, in a sentence: a network problem, a deadline, a busy server. One wording for failures,
// flows and waits.
import type { ExchangeFailure } from './exchange.ts'
import { isLastingProxyTrouble, proxyFailureWords } from './proxy-words.ts'
import { type ProxyFacts, proxyWords } from './route.ts'

const networkSentences: Record<string, (host: string) => string> = {
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

/** Whether an error code is about the certificate, so that retrying does not help. */
export function isBadCertificate(code: string | null): boolean {
  return code !== null && (untrusted.test(code) || /CERT|TLS|SSL/.test(code))
}

/** Whether an error code says that nobody whom this machine trusts has signed the certificate. */
export function isUntrusted(code: string | null): boolean {
  return code !== null && untrusted.test(code)
}

/** Whether an error code stands for something that is the same a second later. */
export function isLasting(code: string | null): boolean {
  return isBadCertificate(code) || isLastingProxyTrouble(code)
}

/** Whether an error code says that the server refused the TLS handshake, most often for want of a client certificate. */
export function isRefusedHandshake(code: string | null): boolean {
  return code !== null && /ALERT_(?:HANDSHAKE_FAILURE|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_)/.test(code)
}

function networkWords(host: string, code: string | null, proxy: ProxyFacts | undefined): string {
  if (code === null) return `${host} could not be reached.`
  if (/CERTIFICATE_REQUIRED/.test(code)) return `${host} wants a client certificate.`
  if (isRefusedHandshake(code)) return `${host} refused the TLS handshake; it may want another client certificate.`
  if (isUntrusted(code)) {
    const by = proxy ? ` It came through the proxy ${proxyWords(proxy)}, which may have put it there.` : ''
    return `The certificate of ${host} is not signed by anyone this machine trusts.${by}`
  }
  const sentence = Object.hasOwn(networkSentences, code) ? networkSentences[code] : undefined
  return sentence?.(host) ?? `${host} could not be reached (${code}).`
}

/** The failure in a sentence. */
export function exchangeFailureWords(failure: ExchangeFailure): string {
  switch (failure.kind) {
    case 'network':
      return networkWords(failure.host, failure.code, failure.proxy)
    case 'proxy':
      return proxyFailureWords(failure)
    case 'timed_out': {
      const { host, afterMs } = failure
      return `${host} did not answer ${afterMs === null ? 'in time' : `within ${Math.max(1, Math.round(afterMs / 1000))} s`}.`
    }
    case 'not_http':
      return `${failure.host} answered something that is not readable as HTTP.`
    case 'redirected': {
      const where = failure.to === null ? 'another host' : failure.to
      return `${failure.host} answered with a redirect to ${where} instead of an answer; it was not followed.`
    }
    case 'address_refused':
      return `${failure.host} would be reached over http, where anyone on the way can read the credentials.`
    case 'cancelled':
      return 'This was cancelled.'
    case 'flow_ended':
      return 'The flow ended before this did.'
    case 'host_ended':
      return 'Grantdesk ended before an answer was recorded; the request may have arrived.'
    case 'internal':
      return 'Something went wrong in Grantdesk itself.'
  }
}

/** What is wrong with a busy or broken server, as the beginning of a sentence. */
export function outageWords(status: number): string {
  const what = status === 429 ? 'has had too many requests' : 'could not answer now'
  return `The server ${what} (status ${status})`
}

const units: [unit: string, ms: number][] = [
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
]

/** `in 90 s`, `in 12 min`, `in 3 h`: the largest unit with at least two, rounded up. */
export function inWords(ms: number): string {
  return `in ${durationText(ms)}`
}

/** A duration, rounded up to whole units: `7 s`. */
export function durationText(ms: number): string {
  const [unit, size] = units.find(([, one]) => ms >= 2 * one) ?? ['s', 1_000]
  return `${Math.max(1, Math.ceil(ms / size))} ${unit}`
}
