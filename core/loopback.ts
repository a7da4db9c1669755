// What counts as this machine, where plain http is allowed, and which links may be opened in the system's browser.
import { invalid } from './problem.ts'

/** Whether a host name, as URL spells it, is this machine's. @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3 */
export function isLoopback(hostname: string): boolean {
  return hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname) || /(?:^|\.)localhost$/.test(hostname)
}

/** A link that may be opened in the system's browser: https, or http on this machine. Throws `invalid_input`. */
export function checkLink(text: string): string {
  const url = URL.parse(text)
  const fine = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (!url || !fine) throw invalid('url', 'Only https links, and http ones on this machine, are opened.')
  return url.href
}
