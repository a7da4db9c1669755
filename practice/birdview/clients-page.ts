// The company settings page for OAuth clients: allows a client to act for any user it names, and replaces its secret.
import type { ClientStore, PracticeClient } from '../clients.ts'
import { escapeHtml, page } from '../consent-page.ts'
import { type Answer, empty, html, type Incoming, type Route, readForm } from '../http.ts'
import type { ServiceProfile } from '../profile.ts'

export const CLIENTS_PATH = '/integrations/oauthclients'

type Brand = Pick<ServiceProfile, 'name' | 'colour' | 'clients'>

const ALLOW = 'Allow client credentials grant authorization'

function section(client: PracticeClient, isAllowed: boolean): string {
  const id = escapeHtml(client.clientId)
  const toggle = isAllowed ? 'disallow' : 'allow'
  const label = isAllowed ? `Do not ${ALLOW[0]?.toLowerCase()}${ALLOW.slice(1)}` : ALLOW
  return `<section aria-label="${escapeHtml(client.name)}">
<h2>${escapeHtml(client.name)}</h2>
<p><code>${id}</code><br>Client credentials grant: ${isAllowed ? 'allowed' : 'not allowed'}</p>
<form method="post" action="${CLIENTS_PATH}">
<input type="hidden" name="client" value="${id}">
<div class="decision">
<button type="submit" name="do" value="${toggle}">${label}</button>
<button type="submit" name="do" value="reset">Reset secret</button>
</div>
</form>
</section>`
}

function newSecretPage(brand: Brand, client: PracticeClient, secret: string): string {
  return page(
    brand,
    'New client secret',
    `<p>${escapeHtml(client.name)} has a new secret. It is shown this once; the old one does not work any more.</p>
<p><code id="client_secret">${escapeHtml(secret)}</code></p>
<p><a href="${CLIENTS_PATH}">OAuth 2.0 clients</a></p>`,
  )
}

/** `allowed` holds the ids of the clients that may use client credentials. */
export function clientsPageRoutes(brand: Brand, clients: ClientStore, allowed: Set<string>): Route[] {
  const change = (request: Incoming): Answer => {
    const form = readForm(request)
    const client = clients.find(form.get('client') ?? '')
    if (!client) return html(404, page(brand, 'There is no such client', ''))
    if (form.get('do') === 'reset') return html(200, newSecretPage(brand, client, clients.resetSecret(client.clientId)))
    if (form.get('do') === 'allow') allowed.add(client.clientId)
    if (form.get('do') === 'disallow') allowed.delete(client.clientId)
    return empty(303, { location: CLIENTS_PATH })
  }
  const show = (): Answer => {
    const sections = brand.clients.map((client) => section(client, allowed.has(client.clientId)))
    return html(200, page(brand, 'OAuth 2.0 clients', sections.join('\n')))
  }
  return [
    { method: 'GET', pattern: CLIENTS_PATH, answer: show },
    { method: 'POST', pattern: CLIENTS_PATH, answer: change },
  ]
}
