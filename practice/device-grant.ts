// The device authorization grant at a practice service: the grant type for the engine, the endpoint that issues codes, and
// the page where the person enters one. Offered while its quirk is on.
// @see RFC 8628
/// <reference path="./oidc-provider.d.ts" />
import type { Provider } from 'oidc-provider'
import type { ClientStore } from './clients.ts'
import { escapeHtml, messagePage, page } from './consent-page.ts'
import { DEVICE_CODE, type DeviceCodes } from './device-codes.ts'
import { type Answer, html, type Incoming, json, type Route, readForm } from './http.ts'
import { issueTokens } from './issue-tokens.ts'
import type { ServiceProfile } from './profile.ts'
import type { Quirks } from './quirks.ts'

/** Registers the grant type with the provider. @see RFC 8628 §3.4 */
export function addDeviceGrant(provider: Provider, codes: DeviceCodes): void {
  provider.registerGrantType(
    DEVICE_CODE,
    async (ctx) => {
      const { params, client } = ctx.oidc
      const found = codes.ask(params.device_code ?? '', client.clientId)
      if (typeof found !== 'string') return issueTokens(provider, ctx, { ...found, grantType: DEVICE_CODE })
      ctx.status = 400
      ctx.body = { error: found }
    },
    ['device_code'],
  )
}

/** The device authorization response for an authenticated client. @see RFC 8628 §3.2 */
export function giveCodes(codes: DeviceCodes, form: URLSearchParams, scope: string, pageUrl: string): Answer {
  const { deviceCode, userCode, lifetime, interval } = codes.begin(form.get('client_id') ?? '', scope)
  return json(200, {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: pageUrl,
    verification_uri_complete: `${pageUrl}?user_code=${userCode}`,
    expires_in: lifetime,
    interval,
  })
}

type Brand = Pick<ServiceProfile, 'name' | 'colour' | 'accounts'>

/** The page on which a code is entered. */
export function devicePageRoutes(
  brand: Brand,
  path: string,
  { codes, clients, quirks }: { codes: DeviceCodes; clients: ClientStore; quirks: Quirks },
): Route[] {
  const closed = (): Answer | null =>
    quirks.isOn('device-grant')
      ? null
      : html(200, messagePage(brand, 'There is no device grant', ['It is one of the quirks, and is switched off.']))

  const show = (code: string, complaint = ''): Answer => {
    const options = brand.accounts.map(
      ({ login, name }) => `<option value="${escapeHtml(login)}">${escapeHtml(name)} (${escapeHtml(login)})</option>`,
    )
    const form = `${complaint ? `<p role="alert">${escapeHtml(complaint)}</p>` : ''}
<form method="post" action="${path}">
<label for="user_code">Code</label>
<input id="user_code" type="text" name="user_code" value="${escapeHtml(code)}" autocomplete="off">
<label for="account">Account</label>
<select id="account" name="account">${options.join('')}</select>
<div class="decision">
<button type="submit" name="decision" value="deny">Deny</button>
<button class="main" type="submit" name="decision" value="allow">Allow</button>
</div>
</form>`
    return html(complaint ? 400 : 200, page(brand, 'Connect a device', form))
  }

  const decide = (request: Incoming): Answer => {
    const form = readForm(request)
    const code = form.get('user_code') ?? ''
    const found = codes.find(code)
    if (!found) return show(code, 'There is no such code, or it has ended.')
    const account = brand.accounts.find(({ login }) => login === form.get('account'))
    const allows = form.get('decision') === 'allow'
    if (allows && !account) return show(code, 'Choose an account, then Allow or Deny.')
    codes.decide(code, allows && account ? { login: account.login } : 'denied')
    const name = clients.find(found.clientId)?.name ?? found.clientId
    const title = allows ? `${name} is connected` : `You denied ${name}`
    return html(200, messagePage(brand, title, ['You can close this page.']))
  }

  return [
    { method: 'GET', pattern: path, answer: (request) => closed() ?? show(request.query.get('user_code') ?? '') },
    { method: 'POST', pattern: path, answer: (request) => closed() ?? decide(request) },
  ]
}
