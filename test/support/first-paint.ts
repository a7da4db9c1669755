// What a page of the built user interface loads before it paints anything, and what that weighs: the scripts and styles that
// its HTML names, each compressed by gzip as a web server would. Everything else is loaded when it is opened.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

export const builtPages = resolve(import.meta.dirname, '../../dist/renderer')

export interface FirstPaintSize {
  /** Bytes of JavaScript, compressed. */
  js: number
  /** Bytes of CSS, compressed. */
  css: number
  /** Paths under the built folder. */
  files: string[]
}

/** Weighs what `entry` loads before its first paint. Throws where the user interface is not built. */
export function firstPaintSize(entry: 'tab.html' | 'window.html', folder = builtPages): FirstPaintSize {
  const html = readFileSync(join(folder, entry), 'utf8')
  const files = [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map(([, path]) => path ?? '')
  const weigh = (ending: string) =>
    files
      .filter((path) => path.endsWith(ending))
      .reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path))).length, 0)
  return { js: weigh('.js'), css: weigh('.css'), files }
}
