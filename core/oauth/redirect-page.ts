// The pages that the redirect listener shows in the browser: nothing loaded, of the request only the server's message, escaped,
// and no script but the one that hands over an answer in an address's fragment.
import { createHash } from 'node:crypto'

const style = [
  ':root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}',
  'body{max-width:34rem;margin:16vh auto 0;padding:0 1.5rem}',
  'h1{font-size:1.25rem;font-weight:600}',
  'blockquote{margin:1rem 0;padding-left:1rem;border-left:2px solid;overflow-wrap:anywhere}',
].join('')

/** Posts the fragment's parameters to the same address, and takes them out of the browser's history. */
const script = [
  "const parameters=new URLSearchParams(location.hash.slice(1));if([...parameters].length>0){const form=document.createElement('form');",
  "form.method='post';form.action=location.pathname+location.search;for(const[name,value]of parameters){",
  "const field=document.createElement('input');field.type='hidden';field.name=name;field.value=value;form.append(field)}",
  "document.body.append(form);history.replaceState(null,'',form.action);HTMLFormElement.prototype.submit.call(form)}",
].join('')

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

function policy(scripts: string, forms: string): string {
  return `default-src 'none'; script-src ${scripts}; style-src ${hashOf(style)}; base-uri 'none'; form-action ${forms}; frame-ancestors 'none'`
}

/** Sent with every page. */
const commonHeaders: Record<string, string> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  connection: 'close',
}

/** The headers of a page with the script, or without. */
export function pageHeaders(readsFragment = false): Record<string, string> {
  const csp = readsFragment ? policy(hashOf(script), "'self'") : policy("'none'", "'none'")
  return { ...commonHeaders, 'content-security-policy': csp }
}

export interface Page {
  title: string
  heading: string
  text: string
  /** The authorization server's message. */
  quote?: string | null
  /** Hands over what stands in the address's fragment; needs the headers for it. */
  readsFragment?: boolean
}

export function pageHtml({ title, heading, text, quote, readsFragment }: Page): string {
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escapeHtml(title)}</title><style>${style}</style></head><body><main>`,
    `<h1>${escapeHtml(heading)}</h1>`,
    quote ? `<blockquote>${escapeHtml(quote)}</blockquote>` : '',
    `<p>${escapeHtml(text)}</p></main>`,
    readsFragment ? `<script>${script}</script>` : '',
    '</body></html>',
  ].join('')
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
