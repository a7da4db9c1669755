// Serves our pages under app://grantdesk/, so that the window has a real origin and cannot reach files on disk. Rejects
// other hosts and methods. The Content-Security-Policy comes with the pages.
import { extname } from 'node:path'
import { protocol } from 'electron'
import { rendererPage } from '../core/door/page.ts'
import { isOurAddress, scheme } from './origin.ts'

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** A page requests its first files within this time of each other (ms); later requests come from its scripts. */
const inOneGo = 20
/** How long to wait for a page that requests nothing (ms). */
const longestWait = 1_000

/** Serves the built renderer from `folder`; settles once the first page has its files, or has requested none for a while. */
export function serveRenderer(folder: string): Promise<void> {
  const page = rendererPage(folder, 'window.html')
  const served = Promise.withResolvers<void>()
  let quiet = setTimeout(served.resolve, longestWait)
  protocol.handle(scheme, ({ url, method }) => {
    if (method !== 'GET' || !isOurAddress(url)) return new Response(null, { status: 404 })
    const { pathname } = new URL(url)
    const { status, headers, body } = page(pathname)
    if (extname(pathname) === '.js') {
      clearTimeout(quiet)
      quiet = setTimeout(served.resolve, inOneGo)
    }
    return new Response(body, { status, headers })
  })
  return served.promise
}
