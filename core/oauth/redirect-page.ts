// The pages that the redirect listener shows in the browser: no scripts, nothing loaded, and of the request only the server's
// message, escaped.
import { createHash } from 'node:crypto'

const style = [
  ':root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}',
  'body{max-width:34rem;margin:16vh auto 0;padding:0 1.5rem}',
  'h1{font-size:1.25rem;font-weight:600}',
  'blockquote{margin:1rem 0;padding-left:1rem;border-left:2px solid;overflow-wrap:anywhere}',
].join('')

const styleHash = createHash('sha256').update(style).digest('base64')

/** Sent with every page. */
export const pageHeaders: Record<string, string> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  connection: 'close',
}

export interface Page {
  title: string
  heading: string
  text: string
  /** The authorization server's message. */
  quote?: string | null
}

export function pageHtml({ title, heading, text, quote }: Page): string {
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escapeHtml(title)}</title><style>${style}</style></head><body><main>`,
    `<h1>${escapeHtml(heading)}</h1>`,
    quote ? `<blockquote>${escapeHtml(quote)}</blockquote>` : '',
    `<p>${escapeHtml(text)}</p></main></body></html>`,
  ].join('')
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
