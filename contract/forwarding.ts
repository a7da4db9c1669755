// How the owner of a redirect URI on the web forwards the answers that come there to Grantdesk on this machine: one rule of
// their web server, or one page.
import { forwardingTarget, redirectKindOf } from './redirect-uri.ts'

export interface ForwardingRule {
  /** The web server that reads it. */
  name: string
  text: string
}

/** None where answers do not come to an address of the web. A form that is posted there stays one (307), where a rule can say so. */
export function forwardingRules(redirectUri: string): ForwardingRule[] {
  if (redirectKindOf(redirectUri) !== 'web') return []
  const { pathname } = new URL(redirectUri)
  const page = {
    name: 'A page',
    text: `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><script>location.replace('${forwardingTarget}' + location.search + location.hash)</script>`,
  }
  // Other characters mean something to one of these servers.
  if (!/^[\w./~-]+$/.test(pathname)) return [page]
  return [
    { name: 'nginx', text: `location = ${pathname} { return 307 ${forwardingTarget}$is_args$args; }` },
    { name: 'Caddy', text: `redir ${pathname} ${forwardingTarget}?{query} 307` },
    { name: 'Netlify', text: `${pathname} ${forwardingTarget} 302!` },
    page,
  ]
}
