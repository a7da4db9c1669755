// What went wrong at a proxy, and what to do about it, in words: apart from what goes wrong at the server behind it.
import type { ExchangeFailure, ProxyTrouble } from './exchange.ts'
import { type ProxyFacts, proxyWords } from './route.ts'

type ProxyFailure = Extract<ExchangeFailure, { kind: 'proxy' }>

/** Codes of failures at a proxy begin with this. */
const codePrefix = 'PROXY_'

/** The failure's code: `PROXY_SIGN_IN`. */
export function proxyCode({ reason }: ProxyTrouble): string {
  return `${codePrefix}${reason.toUpperCase()}`
}

export function isProxyCode(code: string | null): boolean {
  return code?.startsWith(codePrefix) ?? false
}

const passing = new Set(['PROXY_UNREACHABLE', 'PROXY_FAILED', 'PROXY_UNKNOWN_NAME'])

/** Whether retrying cannot help. */
export function isLastingProxyTrouble(code: string | null): boolean {
  return isProxyCode(code) && !passing.has(code ?? '')
}

/** The failure in a sentence. */
export function proxyFailureWords({ host, proxy, trouble }: ProxyFailure): string {
  const name = `The proxy ${proxyWords(proxy)}`
  const status = trouble.status === null ? '' : ` (status ${trouble.status})`
  switch (trouble.reason) {
    case 'unusable':
      return proxy.variable === null
        ? 'The proxy’s address cannot be read.'
        : `The proxy in ${proxy.variable} cannot be read.`
    case 'unreachable':
      return `${name} could not be reached${trouble.code === null ? '' : ` (${trouble.code})`}.`
    case 'not_a_proxy':
      return `${name} does not answer as a proxy does.`
    case 'bad_certificate':
      return `${name} shows a certificate that ${certificateWords(trouble.code)}.`
    case 'sign_in':
      return proxy.signsIn
        ? `${name} did not accept its user name and password${status}.`
        : `${name} wants a user name and password${status}.`
    case 'refused':
      return `${name} lets nothing through to ${host}${status}.`
    case 'unknown_name':
      return `${name} does not know the name ${host}${status}.`
    case 'failed':
      return `${name} could not reach ${host}${status}.`
  }
}

function certificateWords(code: string | null): string {
  if (code === 'CERT_HAS_EXPIRED') return 'has expired'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'is for another name'
  return `nobody vouches for whom this machine trusts${code === null ? '' : ` (${code})`}`
}

const where: Record<ProxyFacts['from'], string> = {
  environment: 'the environment',
  system: 'the system’s settings',
  settings: 'Grantdesk’s settings',
}

/** What to do about it. */
export function proxyRemedy({ host, proxy, trouble }: ProxyFailure): string {
  const place = proxy.variable ?? where[proxy.from]
  const around = proxy.from === 'settings' ? 'list it under “Not for”' : `list ${hostname(host)} in NO_PROXY`
  switch (trouble.reason) {
    case 'unusable':
      return `Write it as http://host:port in ${place}; http, https, socks5 and socks4 are known.`
    case 'unreachable':
      return `Check the proxy’s address in ${place} and the network.`
    case 'not_a_proxy':
      return `Check the proxy’s address and port in ${place}, and whether it is an http or an https proxy.`
    case 'bad_certificate':
      return 'Add the authority that signed it to this system’s, or to NODE_EXTRA_CA_CERTS, or ask the proxy’s administrator.'
    case 'sign_in':
      return signInRemedy(proxy, trouble, place)
    case 'refused':
      return `Ask the proxy’s administrator to let ${host} through, or ${around} if it can be reached without one.`
    case 'unknown_name':
      return `Check the address for a spelling mistake, or ${around} if only this machine knows it.`
    case 'failed':
      return `Try again later, or ask the proxy’s administrator; ${around} if it can be reached without one.`
  }
}

function signInRemedy(proxy: ProxyFacts, { schemes }: ProxyTrouble, place: string): string {
  if (schemes.length > 0 && !schemes.some((scheme) => scheme.toLowerCase() === 'basic')) {
    return `It offers ${schemes.join(', ')} only, which Grantdesk does not speak: use a local proxy that signs in for you, such as Px or Cntlm.`
  }
  if (proxy.from === 'system') {
    return 'Set a proxy of your own with its user name and password in Grantdesk’s settings: the system does not hand them out.'
  }
  const how = proxy.from === 'settings' ? '' : ', as http://user:password@host:port'
  return `${proxy.signsIn ? 'Correct' : 'Add'} them in ${place}${how}.`
}

function hostname(host: string): string {
  return host.replace(/:\d+$/, '')
}
