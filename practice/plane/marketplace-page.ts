// Plane's own side of an installation: an app is installed from its marketplace, and the browser is sent to the app's Setup
// URL with the installation's id and no state. The page shows that address instead of going there: nothing need listen.
import { escapeHtml, page } from '../consent-page.ts'
import { html, type Incoming, type Route, readForm } from '../http.ts'
import type { ServiceProfile } from '../profile.ts'
import type { Installations } from './installations.ts'
import type { Workspace } from './workspaces.ts'

export const MARKETPLACE_PATH = '/marketplace/'

/** Where an app that has no page of its own lets the browser end. */
const SETUP_URL = 'https://app.example.com/setup'

type Brand = Pick<ServiceProfile, 'name' | 'colour' | 'clients'>

function choices(name: string, values: [value: string, label: string][]): string {
  const options = values.map(([value, label]) => `<option value="${escapeHtml(value)}">${escapeHtml(label)}</option>`)
  return `<p><label>${escapeHtml(name)} <select name="${escapeHtml(name.toLowerCase())}">${options.join('')}</select></label></p>`
}

/** Installs an app in a workspace, as its first member. */
export function marketplaceRoutes(brand: Brand, workspaces: Workspace[], installations: Installations): Route[] {
  const form = `<form method="post" action="${MARKETPLACE_PATH}">
${choices(
  'App',
  brand.clients.map(({ clientId, name }) => [clientId, name]),
)}
${choices(
  'Workspace',
  workspaces.map(({ slug, name }) => [slug, name]),
)}
<div class="decision"><button type="submit">Install</button></div>
</form>`
  const install = (request: Incoming) => {
    const chosen = readForm(request)
    const client = brand.clients.find(({ clientId }) => clientId === chosen.get('app'))
    const workspace = workspaces.find(({ slug }) => slug === chosen.get('workspace'))
    const [member] = workspace?.members ?? []
    if (!client || !workspace || !member) return html(400, page(brand, 'Choose an app and a workspace', form))
    const { id } = installations.install(client.clientId, member.login, workspace, 'read write')
    const address = `${SETUP_URL}?app_installation_id=${id}`
    return html(
      200,
      page(
        brand,
        'Installed',
        `<p>${escapeHtml(client.name)} is in ${escapeHtml(workspace.name)}. The browser would be sent to the app’s Setup URL:</p>
<p><code id="setup_url">${escapeHtml(address)}</code></p>`,
      ),
    )
  }
  return [
    { method: 'GET', pattern: MARKETPLACE_PATH, answer: () => html(200, page(brand, 'Marketplace', form)) },
    { method: 'POST', pattern: MARKETPLACE_PATH, answer: install },
  ]
}
