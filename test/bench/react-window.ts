// The window with React and one line of text that the desktop's start is measured against, built as our own page is.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'

const source = join(import.meta.dirname, 'react-window')

/** Builds it into a temporary folder, which an Electron can be started with. */
export async function buildReactWindow(): Promise<{ folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'grantdesk-react-window-'))
  const app = join(folder, 'app')
  mkdirSync(app)
  await build({
    configFile: false,
    logLevel: 'warn',
    root: source,
    build: { outDir: app, emptyOutDir: true, target: 'chrome130', modulePreload: { polyfill: false } },
  })
  copyFileSync(join(source, 'main.js'), join(app, 'main.js'))
  const about = { name: 'react-window', version: '1.0.0', private: true, type: 'module', main: 'app/main.js' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(about))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
