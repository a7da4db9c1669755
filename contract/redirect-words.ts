// How the answer of a redirect URI comes back, in words.
import { appSchemeOf, forwardingTarget, listeningPlaceOf, redirectKindOf } from './redirect-uri.ts'
import type { ServiceView } from './service.ts'

interface Written {
  redirectUri: string
  /** Whether each attempt puts a free port into it. */
  anyPort: boolean
}

type Described = Pick<ServiceView, 'name' | 'redirect'>

/** With the service's own note. */
export function redirectWords(service: Described, typed: Written): string {
  const { note } = service.redirect
  return [wayWords(service, typed), note].filter(Boolean).join(' ')
}

function wayWords(service: Described, { redirectUri, anyPort }: Written): string {
  switch (redirectKindOf(redirectUri)) {
    case 'listened':
      return anyPort ? anyPortWords(service) : listenedWords(redirectUri)
    case 'shown':
      return service.redirect.outOfBand
        ? `${service.name} shows the code after you allow the access, and you paste it here. Nothing listens.`
        : `Whether ${service.name} can show the code is not known. You paste it, or the address that you are sent to.`
    case 'web': {
      const open = /^http:/i.test(redirectUri) ? ' It is no https address: others on the way could read the code.' : ''
      return `Your browser ends there, and you paste its address here. If you own it, it can send the answer on to ${forwardingTarget}.${open}`
    }
    case 'app':
      if (appSchemeOf(redirectUri) !== null)
        return 'An address of an app: the desktop app takes the answer where the system lets it. Elsewhere your browser may open another app or nothing, and you paste the address that it was sent to.'
      return /^[a-z][a-z0-9+.-]*:/i.test(redirectUri)
        ? 'An address of an app: your browser may open that app or nothing. You paste the address that it was sent to.'
        : ''
  }
}

function anyPortWords({ name, redirect }: Described): string {
  return {
    yes: `${name} takes any port: each attempt listens on a free one.`,
    no: `${name} matches the redirect URI exactly and will refuse any other port.`,
    unknown: `Each attempt listens on a free port. Whether ${name} takes any is not known; if it refuses, turn this off.`,
  }[redirect.anyPort]
}

function listenedWords(redirectUri: string): string {
  return listeningPlaceOf(redirectUri)?.hasPort
    ? 'Grantdesk listens there for the answer.'
    : 'Without a port this is port 80, where most systems let no app listen. Then you paste the answer.'
}
