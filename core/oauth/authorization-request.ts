// The authorization request: PKCE, `state`, and the URL to open in the browser.
import * as oauth from 'oauth4webapi'
import type { Pkce } from '../../contract/service.ts'
import type { ParameterNames } from '../../contract/token-response.ts'
import { checkedAddress } from '../flows/network.ts'
import { invalid } from '../problem.ts'
import { Secret } from '../secret.ts'
import { renamed } from './parameter-names.ts'

/** Not allowed as extra parameters, which could turn off a protection or redirect the response. */
const reserved = new Set([
  'response_type',
  'response_mode',
  'client_id',
  'redirect_uri',
  'state',
  'code_challenge',
  'code_challenge_method',
  'request',
  'request_uri',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'grant_type',
  'code',
  'code_verifier',
  'refresh_token',
  'device_code',
  'username',
  'password',
  'resource',
])

/** What binds the code to this attempt. @see https://www.rfc-editor.org/rfc/rfc7636#section-4 */
export interface CodeBinding {
  codeVerifier: Secret
  codeChallenge: string
  method: 'S256' | 'plain'
}

/** New `state` and PKCE values; no binding without PKCE. */
export async function prepareAuthorization(pkce: Pkce): Promise<{ state: Secret; binding: CodeBinding | null }> {
  const state = new Secret(oauth.generateRandomState())
  if (pkce === 'off') return { state, binding: null }
  const codeVerifier = oauth.generateRandomCodeVerifier()
  const codeChallenge = pkce === 'plain' ? codeVerifier : await oauth.calculatePKCECodeChallenge(codeVerifier)
  return { state, binding: { codeVerifier: new Secret(codeVerifier), codeChallenge, method: pkce } }
}

/** Binds an ID token to this attempt. @see OpenID Connect Core 1.0 §3.1.2.1 */
export function newNonce(): Secret {
  return new Secret(oauth.generateRandomNonce())
}

export interface AuthorizationRequest {
  endpoint: string
  clientId: string
  redirectUri: string
  scopes: string[]
  separator: ' ' | ','
  /** What the service calls parameters. */
  names?: ParameterNames | undefined
  /** Extra parameters from the service's description or the person. */
  parameters: Record<string, string>
  /** @see RFC 8707 §2 */
  resources: string[]
  state: Secret
  nonce?: Secret | null
  binding: Pick<CodeBinding, 'codeChallenge' | 'method'> | null
}

/** Whether a parameter may only be set by us. Some services want a word as `request`, which is no request object. */
export function isReserved(name: string, value = ''): boolean {
  const isWord = name.toLowerCase() === 'request' && /^[a-z_]{1,40}$/i.test(value)
  return reserved.has(name.toLowerCase()) && !isWord
}

/** The same for an authorization request, where `grant_type` means nothing, but is asked for by some. */
export function isReservedInAuthorization(name: string, value: string): boolean {
  return isReserved(name, value) && !(name === 'grant_type' && value === 'authorization_code')
}

/** Throws `invalid_input` for a reserved extra parameter. */
export function checkParameters(
  parameters: Record<string, string>,
  isOurs: (name: string, value: string) => boolean = isReserved,
): void {
  const [name] = Object.entries(parameters).find((pair) => isOurs(...pair)) ?? []
  if (name) throw invalid(`parameters.${name}`, `Grantdesk sets ${name} itself.`, 'Leave this parameter out.')
}

/** Throws `invalid_input` unless each is an absolute URI without a fragment. @see RFC 8707 §2 */
export function checkResources(resources: string[]): void {
  for (const [at, resource] of resources.entries()) {
    if (URL.parse(resource) === null || resource.includes('#')) {
      throw invalid(`resources.${at}`, 'This is no resource indicator: an absolute URI without a fragment.')
    }
  }
}

/**
 * The URL to open in the browser. Throws `invalid_input` for a forbidden endpoint or a reserved extra parameter.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1
 */
export function authorizationUrl(input: AuthorizationRequest): string {
  const url = checkedAddress(input.endpoint)
  url.hash = ''
  checkParameters(input.parameters, isReservedInAuthorization)
  for (const [name, value] of Object.entries(input.parameters)) url.searchParams.set(name, value)
  const ours: Record<string, string> = {
    response_type: 'code',
    client_id: input.clientId,
    redirect_uri: input.redirectUri,
    state: input.state.reveal(),
    ...(input.nonce ? { nonce: input.nonce.reveal() } : {}),
    ...(input.binding
      ? { code_challenge: input.binding.codeChallenge, code_challenge_method: input.binding.method }
      : {}),
  }
  if (input.scopes.length > 0) ours.scope = input.scopes.join(input.separator)
  for (const [name, value] of Object.entries(ours)) url.searchParams.set(name, value)
  for (const resource of input.resources) url.searchParams.append('resource', resource)
  url.search = renamed(url.searchParams, input.names).toString()
  // Some servers read "+" in a query as a plus. A literal one is "%2B" here, so every "+" is a space.
  url.search = url.search.replaceAll('+', '%20')
  return url.href
}
