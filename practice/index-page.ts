// The index page of a practice service: everything a newcomer needs to enter elsewhere. Its secrets are worthless.
import type { ClientStore, PracticeClient } from './clients.ts'
import { escapeHtml, page } from './consent-page.ts'
import type { ServiceProfile } from './profile.ts'
import { OUT_OF_BAND } from './provider-configuration.ts'
import { QUIRKS_PATH } from './quirks-page.ts'

const AUTHENTICATION = { body: 'in the body', basic: 'by HTTP Basic', none: 'none' }

const code = (value: string): string => `<code>${escapeHtml(value)}</code>`

function facts(rows: [name: string, value: string][]): string {
  const items = rows.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${value}</dd>`)
  return `<dl>${items.join('\n')}</dl>`
}

function describeClient(client: PracticeClient, clients: ClientStore): string {
  const secret = clients.wasReset(client.clientId)
    ? 'replaced; the new one was shown once'
    : code(client.clientSecret ?? 'none')
  return `<h3>${escapeHtml(client.name)}</h3>
${facts([
  ['Client id', code(client.clientId)],
  ['Client secret', secret],
  ['Sent', AUTHENTICATION[client.clientAuthentication]],
  ['Redirect URIs', client.redirectUris.map(code).join('<br>')],
])}
${client.note ? `<p class="hint">${escapeHtml(client.note)}</p>` : ''}`
}

/** The index page of the service at `baseUrl`. */
export function indexPage(profile: ServiceProfile, baseUrl: string, clients: ClientStore): string {
  const { paths, accounts, apiKeys = [], pages } = profile
  const isShown = profile.clients.some(({ redirectUris }) => redirectUris.includes(OUT_OF_BAND))
  const links = [{ path: QUIRKS_PATH, name: 'Quirks of this service' }, ...pages].map(
    ({ path, name }) => `<li><a href="${escapeHtml(path)}">${escapeHtml(name)}</a></li>`,
  )
  const keys = apiKeys.map(({ name, value, header, prefix }): [string, string] => [
    name,
    code(`${header}: ${prefix}${value}`),
  ])
  return page(
    profile,
    `Practice ${profile.name}`,
    `<p>${escapeHtml(profile.about)}</p>
<ul>${links.join('\n')}</ul>
<h2>Addresses</h2>
${facts([
  ['Base URL', code(baseUrl)],
  ['Authorization endpoint', code(baseUrl + paths.authorization)],
  ['Token endpoint', code(baseUrl + paths.token)],
  ...(paths.revocation ? [['Revocation', code(baseUrl + paths.revocation)] as [string, string]] : []),
])}
<h2>Clients</h2>
<p class="hint">With ${code('http://127.0.0.1/callback')} registered, any port will do.</p>
${isShown ? `<p class="hint">With ${code(OUT_OF_BAND)} as redirect URI the code is shown on a page, to be copied.</p>` : ''}
${profile.clients.map((client) => describeClient(client, clients)).join('\n')}
<h2>Accounts</h2>
${facts(accounts.map(({ name, login, password }) => [name, `login ${code(login)}, password ${code(password)}`]))}
${keys.length ? `<h2>Keys and tokens</h2>\n${facts(keys)}` : ''}`,
  )
}
