// Everything that the window's page must not do, refused in one place and for every web contents there will ever be:
// going elsewhere, opening windows, embedding, permissions, devices, downloads, and any traffic but our own scheme's.
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

/** Writing plain text to the clipboard after a click: the page's buttons that copy a redirect URI. Reading it is not. */
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
  // The policy of our pages allows no other address anyway; this holds where a policy is missing.
  session.webRequest.onBeforeRequest((request, answer) => {
    const fine = isOurAddress(request.url) || request.url.startsWith('devtools:')
    if (!fine) log.write('error', 'request refused')
    answer({ cancel: !fine })
  })
}

/** Must run before the app is ready; a certificate that does not verify stays refused, which is Electron's default. */
export function refuseTheRest(log: Log, electron: App = app): void {
  electron.on('web-contents-created', (_event, contents) => refuseFor(contents, log))
  electron.on('session-created', (created) => refuseIn(created, log))
  electron.on('select-client-certificate', (event, _contents, _url, _list, choose) => {
    event.preventDefault()
    choose()
  })
}
