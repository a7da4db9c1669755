// What the buttons of a diagnosis are called.
import { clientAuthenticationWords } from '../../contract/client-authentication-words.ts'
import type { ReconnectChanges, RemedyAction } from '../../contract/flow/diagnosis.ts'
import type { FlowKind } from '../../contract/flow/flow.ts'
import { redirectUriToRegister } from '../../contract/redirect-uri.ts'

const repeats: Record<FlowKind, string> = {
  connect: 'Try again',
  refresh: 'Refresh again',
  revoke: 'Revoke again',
  identify: 'Ask the API again',
  request: 'Send again',
  discover: 'Discover again',
}

const pages: Record<Extract<RemedyAction, { action: 'open_page' }>['page'], string> = {
  registration: 'Open the registration page',
  grants: 'Open the service’s page',
  documentation: 'Open the documentation',
}

const copied: Record<Extract<RemedyAction, { action: 'copy' }>['what'], string> = {
  redirect_uri: 'Copy the redirect URI',
  scopes: 'Copy the scopes',
}

/** The button's words. */
export function remedyWords(remedy: RemedyAction, kind: FlowKind): string {
  switch (remedy.action) {
    case 'reconnect':
      return reconnectWords(remedy.changes, remedy.connectionId !== null)
    case 'step_up':
      return `Reconnect with ${scopeWords(remedy.scopes)} and send again`
    case 'refresh':
      return 'Refresh'
    case 'repeat':
      return repeats[kind]
    case 'replace_client_secret':
      return 'Replace the client secret'
    case 'edit_client':
      return 'Open the client'
    case 'edit_service':
      return 'Edit the service'
    case 'certificates':
      return 'Open the certificates'
    case 'choose_workspace':
      return 'Choose the workspace'
    case 'proxy_settings':
      return 'Open the proxy settings'
    case 'open_page':
      return pages[remedy.page]
    case 'copy':
      return copied[remedy.what]
  }
}

function scopeWords(scopes: string[]): string {
  const [first = ''] = scopes
  return scopes.length === 1 ? first : `${scopes.length} more scopes`
}

/** The first change is what it is about. */
function reconnectWords(changes: ReconnectChanges, isAgain: boolean): string {
  const { clientAuthentication, pkce, redirect, scopes, addScopes = [], parameters, grantId } = changes
  const verb = isAgain ? 'Reconnect' : 'Connect'
  if (clientAuthentication !== undefined) return `Try with: ${clientAuthenticationWords[clientAuthentication]}`
  if (pkce !== undefined) return pkce === 'off' ? 'Try without PKCE' : `Try with PKCE: ${pkce}`
  if (redirect !== undefined) return `${verb} with ${redirectUriToRegister(redirect)}`
  if (addScopes.length > 0) return `${verb} with ${scopeWords(addScopes)}`
  if (scopes !== undefined) return `${verb} with these scopes`
  if (grantId !== undefined) return 'Use the other grant'
  const [name, value] = Object.entries(parameters ?? {})[0] ?? []
  if (name !== undefined) return value === '' ? `${verb} without ${name}` : `${verb} with ${name}=${value}`
  return isAgain ? 'Reconnect' : 'Connect again'
}
