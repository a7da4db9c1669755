// Serves our pages under app://grantdesk/, so that the window has a real origin and cannot reach files on disk. Rejects
// other hosts and methods. The Content-Security-Policy comes with the pages.
import { protocol } from 'electron'
import { rendererPage } from '../core/door/page.ts'
import { isOurAddress, scheme } from './origin.ts'

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** How long the document takes from here to the page's process (ms). */
const onItsWay = 5
/** How long to wait for a page that requests no document (ms). */
const longestWait = 1_000

/** `body` as a stream; `onRead` runs once it is read. */
function streamOf(body: Uint8Array, onRead: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      pull(controller) {
        controller.enqueue(body)
        controller.close()
        onRead()
      },
    },
    // Nothing is read ahead.
    { highWaterMark: 0 },
  )
}

/** Serves the built renderer from `folder`; settles once the first page has its document. */
export function serveRenderer(folder: string): Promise<void> {
  const page = rendererPage(folder, 'window.html')
  const served = Promise.withResolvers<void>()
  const giveUp = setTimeout(served.resolve, longestWait)
  const onDocument = () => {
    clearTimeout(giveUp)
    setTimeout(served.resolve, onItsWay)
  }
  protocol.handle(scheme, ({ url, method }) => {
    if (method !== 'GET' || !isOurAddress(url)) return new Response(null, { status: 404 })
    const { pathname } = new URL(url)
    const { status, headers, body } = page(pathname)
    return new Response(pathname === '/' ? streamOf(body, onDocument) : body, { status, headers })
  })
  return served.promise
}
