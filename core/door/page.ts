// Serves the renderer's built files, with headers that restrict what the page can do. Knows only the files that were in the folder
// when it was listed, so that no path can lead out of it.
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

export interface PageAnswer {
  status: number
  headers: Record<string, string>
  body: Uint8Array<ArrayBuffer>
}

/** Returns the response for a path such as `/` or `/assets/tab-1a2b.js`; 404 for unknown ones. */
export type Page = (path: string) => PageAnswer

/** Vite writes it in place of the page's nonce. */
const noncePlaceholder = '__GRANTDESK_NONCE__'

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** The headers of every response. */
export const guardingHeaders: Record<string, string> = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** The page's Content-Security-Policy; the nonce is for the style elements of the component libraries. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * The page of one host: `entry` at `/` and under its own name, the other built files by their paths. Throws if the folder does
 * not contain `entry`.
 */
export function rendererPage(folder: string, entry: 'tab.html' | 'window.html'): Page {
  const files = listFiles(folder)
  const entryFile = files.get(`/${entry}`)
  if (!entryFile) throw new Error(`The user interface is not built: ${join(folder, entry)} is missing.`)
  const template = readFileSync(entryFile, 'utf8')
  const kept = new Map<string, Buffer<ArrayBuffer>>()

  function read(path: string, file: string): Buffer<ArrayBuffer> {
    const body = kept.get(path) ?? readFileSync(file)
    kept.set(path, body)
    return body
  }

  return (path) => {
    if (path === '/' || path === `/${entry}`) return entryPage(template)
    const type = contentTypes[extname(path)]
    const file = files.get(path)
    if (!file || !type || type.startsWith('text/html')) return missing()
    // The names of files in assets/ contain a hash of their content.
    const cache = path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache'
    const headers = { ...guardingHeaders, 'content-type': type, 'cache-control': cache }
    return { status: 200, headers, body: read(path, file) }
  }
}

function entryPage(template: string): PageAnswer {
  const nonce = randomBytes(18).toString('base64')
  const headers = {
    ...guardingHeaders,
    'content-security-policy': contentSecurityPolicy(nonce),
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
  }
  return { status: 200, headers, body: Buffer.from(template.replaceAll(noncePlaceholder, nonce)) }
}

function missing(): PageAnswer {
  const headers = { ...guardingHeaders, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
  return { status: 404, headers, body: Buffer.from('There is nothing here.\n') }
}

/** The regular files by their URL paths. An asar archive does not support recursive listing. */
function listFiles(folder: string, path = ''): Map<string, string> {
  const files = new Map<string, string>()
  if (!existsSync(folder)) return files
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    const below = join(folder, item.name)
    if (item.isFile()) files.set(`${path}/${item.name}`, below)
    if (item.isDirectory()) for (const [name, file] of listFiles(below, `${path}/${item.name}`)) files.set(name, file)
  }
  return files
}
