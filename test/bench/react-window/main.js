// What a window with React has to do at least: one page, by a scheme of its own as Electron's security guide asks for, whose
// script draws one line. Everything that Grantdesk is comes on top of it.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, BrowserWindow, protocol } from 'electron'

const types = { html: 'text/html', js: 'text/javascript' }

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
])
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
app.whenReady().then(() => {
  protocol.handle('app', async ({ url }) => {
    const { pathname } = new URL(url)
    const file = pathname === '/' ? 'index.html' : pathname.slice(1)
    const type = types[file.slice(file.lastIndexOf('.') + 1)]
    return new Response(await readFile(join(import.meta.dirname, file)), { headers: { 'content-type': type } })
  })
  const window = new BrowserWindow({ width: 1200, height: 800, show: false })
  window.once('ready-to-show', () => window.show())
  window.loadURL('app://window/')
})
