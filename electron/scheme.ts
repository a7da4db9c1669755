// Our pages' own scheme, so that the window has a real origin and no file of the disk is reachable from it. Owns the
// answers under app://grantdesk/; refuses other hosts and methods. The Content-Security-Policy comes with the pages.
import { protocol } from 'electron'
import { rendererPage } from '../core/door/page.ts'
import { isOurAddress, scheme } from './origin.ts'

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the built renderer from `folder`. */
export function serveRenderer(folder: string): void {
  const page = rendererPage(folder, 'window.html')
  protocol.handle(scheme, ({ url, method }) => {
    if (method !== 'GET' || !isOurAddress(url)) return new Response(null, { status: 404 })
    const { status, headers, body } = page(new URL(url).pathname)
    return new Response(body, { status, headers })
  })
}
