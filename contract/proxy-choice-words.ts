// The proxy that the person chose, in words: for the command line, the history and a backup's contents.
import type { ProxySettings } from './settings.ts'

/** `Proxy: http://proxy.example:3128, signing in as ada.` */
export function proxyChoiceWords(proxy: ProxySettings): string {
  if (proxy.mode === 'automatic') return 'Proxy: as the environment says (HTTPS_PROXY, NO_PROXY), else the system.'
  if (proxy.mode === 'off') return 'Proxy: none.'
  const user = proxy.user === '' ? '' : `, signing in as ${proxy.user}`
  const notFor = proxy.notFor === '' ? '' : `, not for ${proxy.notFor}`
  return `Proxy: ${proxy.address}${user}${notFor}.`
}
