// The pages of a practice service: one to sign in and consent, and one for messages. No scripts, and a
// Content-Security-Policy that blocks them.
import { createHash } from 'node:crypto'
import { PAGE_STYLE } from './page-style.ts'
import type { PracticeAccount, ServiceProfile } from './profile.ts'

type Brand = Pick<ServiceProfile, 'name' | 'colour'>

export interface ConsentQuestion {
  action: string
  clientName: string
  redirectUri: string
  scopes: string[]
  accounts: PracticeAccount[]
  /** What was wrong with the last submission. */
  complaint?: string
}

export function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

function brandStyle(brand: Brand): string {
  const { light, dark } = brand.colour
  return `:root { --brand: ${light}; }\n@media (prefers-color-scheme: dark) { :root { --brand: ${dark}; } }\n${PAGE_STYLE}`
}

/** Renders a page of the service. `main` is trusted markup. */
export function page(brand: Brand, title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · ${escapeHtml(brand.name)} (practice)</title>
<style>${brandStyle(brand)}</style>
</head>
<body>
<main>
<p class="service">${escapeHtml(brand.name)}</p>
<p class="practice">Practice service on this machine. Nothing here reaches the real ${escapeHtml(brand.name)}.</p>
<h1>${escapeHtml(title)}</h1>
${main}
</main>
</body>
</html>`
}

export function messagePage(brand: Brand, title: string, paragraphs: string[]): string {
  return page(brand, title, paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n'))
}

/**
 * The headers of a page. `form-action` includes the client's redirect URI, because browsers apply that directive to the
 * redirect after a form submission, too.
 */
export function pageHeaders(brand: Brand, redirectUri?: string): Record<string, string> {
  const styleHash = createHash('sha256').update(brandStyle(brand)).digest('base64')
  const target = redirectUri ? ` ${redirectSource(redirectUri)}` : ''
  return {
    'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'${target}; frame-ancestors 'none'; base-uri 'none'`,
    // With "no-referrer" browsers would also omit the Origin of these pages' own forms.
    'referrer-policy': 'same-origin',
  }
}

function redirectSource(redirectUri: string): string {
  const url = new URL(redirectUri)
  return url.origin === 'null' ? url.protocol : url.origin
}

export function consentPage(brand: Brand, question: ConsentQuestion): string {
  const options = question.accounts.map(
    ({ login, name }) => `<option value="${escapeHtml(login)}">${escapeHtml(name)} (${escapeHtml(login)})</option>`,
  )
  const scopes = question.scopes.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`)
  const asks = scopes.length
    ? `<h2 id="scopes">It asks for</h2>\n<ul aria-labelledby="scopes">${scopes.join('')}</ul>`
    : `<p>It asks to act for you; ${escapeHtml(brand.name)} knows no scopes.</p>`
  return page(
    brand,
    `Allow ${question.clientName} to use your account?`,
    `${question.complaint ? `<p role="alert">${escapeHtml(question.complaint)}</p>` : ''}
<form method="post" action="${escapeHtml(question.action)}">
${asks}
<label for="account">Account</label>
<select id="account" name="account" aria-describedby="sign-in">${options.join('')}</select>
<p class="hint" id="sign-in">Choosing an account stands in for signing in. It is not remembered.</p>
<h2>Afterwards you return to</h2>
<p><code>${escapeHtml(question.redirectUri)}</code></p>
<div class="decision">
<button type="submit" name="decision" value="deny">Deny</button>
<button class="main" type="submit" name="decision" value="allow">Allow</button>
</div>
</form>
<p class="after"><a href="/">About this practice service</a> · <a href="/practice/quirks">Its quirks</a></p>`,
  )
}
