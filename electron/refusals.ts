// Everything that the window's page must not do, blocked here for every web contents: navigating elsewhere, opening
// windows, embedding, permissions, devices, downloads, and any traffic outside our own scheme.
import { type App, app, type Session, type WebContents } from 'electron'
import type { Log } from '../core/ports.ts'
import { isOurAddress } from './origin.ts'

function refuseFor(contents: WebContents, log: Log): void {
  const stay = (event: { preventDefault(): void; url: string }) => {
    if (isOurAddress(event.url) && event.url === contents.getURL()) return
    event.preventDefault()
    log.write('error', 'navigation refused')
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault()
    choose('')
  })
  contents.setWindowOpenHandler(() => {
    log.write('error', 'new window refused')
    return { action: 'deny' }
  })
}

/** Writing plain text to the clipboard after a click, for buttons that copy a redirect URI. Reading is not allowed. */
const granted = 'clipboard-sanitized-write'

function refuseIn(session: Session, log: Log): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    answer(permission === granted && details.isMainFrame && isOurAddress(contents.getURL()))
  })
  session.setPermissionCheckHandler(
    (contents, permission, _origin, details) =>
      permission === granted && details.isMainFrame && contents !== null && isOurAddress(contents.getURL()),
  )
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  session.on('will-download', (event) => {
    event.preventDefault()
    log.write('error', 'download refused')
  })
  // Our pages' Content-Security-Policy blocks these already; this covers a page without one.
  session.webRequest.onBeforeRequest((request, answer) => {
    const fine = isOurAddress(request.url) || request.url.startsWith('devtools:')
    if (!fine) log.write('error', 'request refused')
    answer({ cancel: !fine })
  })
}

/** Must run before the app is ready. Invalid certificates stay refused, which is Electron's default. */
export function refuseTheRest(log: Log, electron: App = app): void {
  electron.on('web-contents-created', (_event, contents) => refuseFor(contents, log))
  electron.on('session-created', (created) => refuseIn(created, log))
  electron.on('select-client-certificate', (event, _contents, _url, _list, choose) => {
    event.preventDefault()
    choose()
  })
}
