// What Redmine has besides its two endpoints: token info, the page of authorized applications, the page that shows a code
// to copy, and the page with the API access key.
import { escapeHtml, page } from '../consent-page.ts'
import { empty, html, json, type Route, readForm } from '../http.ts'
import type { ServiceProfile } from '../profile.ts'
import type { Quirks } from '../quirks.ts'
import type { IssuedToken, TokenStore } from '../token-store.ts'
import type { Tracker } from './tracker.ts'

type Brand = Pick<ServiceProfile, 'name' | 'colour' | 'clients'>
export const OUT_OF_BAND_PATH = '/oauth/authorize/native'
export const APPLICATIONS_PATH = '/oauth/authorized_applications'
export const ACCOUNT_PATH = '/my/account'

const TOKEN_WORDS = {
  absent: 'The access token is invalid',
  unknown: 'The access token is invalid',
  expired: 'The access token expired',
  revoked: 'The access token was revoked',
}

function describeToken(token: IssuedToken, tracker: Tracker): Record<string, unknown> {
  return {
    resource_owner_id: tracker.users.find(({ login }) => login === token.login)?.id ?? null,
    scope: [...token.scopes],
    expires_in: token.expiresAt - Math.floor(Date.now() / 1000),
    application: { uid: token.clientId },
    created_at: token.issuedAt,
  }
}

function applicationsPage(brand: Brand, store: TokenStore): string {
  const rows = store.grants().map(({ grantId, login, clientId, scope, issuedAt }) => {
    const name = brand.clients.find((client) => client.clientId === clientId)?.name ?? clientId
    const label = `Revoke ${name} for ${login}`
    return `<tr><td>${escapeHtml(name)}<br>${escapeHtml(login)}, ${new Date(issuedAt * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC<br><code>${escapeHtml(scope)}</code></td>
<td><form method="post" action="${APPLICATIONS_PATH}"><button name="grant" value="${escapeHtml(grantId)}" aria-label="${escapeHtml(label)}">Revoke</button></form></td></tr>`
  })
  const main = rows.length
    ? `<table><thead><tr><th>Application</th><th>Access</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`
    : '<p>No application has access to an account.</p>'
  return page(brand, 'Authorized applications', main)
}

function accountPage(brand: Brand, tracker: Tracker): string {
  const keys = tracker.users.map(
    ({ login, api_key }) => `<h2>${escapeHtml(login)}</h2>\n<p><code>${escapeHtml(api_key)}</code></p>`,
  )
  const main = `<p>Sent as <code>X-Redmine-API-Key</code>, a key beats any token that goes along.</p>\n${keys.join('\n')}`
  return page(brand, 'API access key', main)
}

/** The routes of these pages. */
export function planioOAuthRoutes(brand: Brand, store: TokenStore, tracker: Tracker, quirks: Quirks): Route[] {
  return [
    {
      method: 'GET',
      pattern: '/oauth/token/info',
      answer(request) {
        const presented = store.present(request.headers)
        if (presented.state === 'active') return json(200, describeToken(presented.token, tracker))
        const description = TOKEN_WORDS[presented.state]
        return json(
          401,
          { error: 'invalid_token', error_description: description, state: 'unauthorized' },
          { 'www-authenticate': `Bearer realm="Redmine", error="invalid_token", error_description="${description}"` },
        )
      },
    },
    { method: 'GET', pattern: APPLICATIONS_PATH, answer: () => html(200, applicationsPage(brand, store)) },
    {
      method: 'POST',
      pattern: APPLICATIONS_PATH,
      answer(request) {
        store.revokeGrant(readForm(request).get('grant') ?? '')
        return empty(303, { location: APPLICATIONS_PATH })
      },
    },
    { method: 'GET', pattern: ACCOUNT_PATH, answer: () => html(200, accountPage(brand, tracker)) },
    {
      method: 'GET',
      pattern: OUT_OF_BAND_PATH,
      answer(request) {
        const code = request.query.get('code')
        const refusal =
          request.query.get('error_description') ?? request.query.get('error') ?? 'There is no code to show.'
        if (code === null) return html(400, page(brand, 'An error has occurred', `<p>${escapeHtml(refusal)}</p>`))
        if (quirks.isOn('success-code-page'))
          return html(200, page(brand, `Success code=${code}`, '<p>Copy the code out of the title.</p>'))
        return html(
          200,
          page(
            brand,
            'Authorization code',
            `<p><code id="authorization_code">${escapeHtml(code)}</code></p>
<p class="hint">Copy it into the application. It is good once, for ten minutes.</p>`,
          ),
        )
      },
    },
  ]
}
