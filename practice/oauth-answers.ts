// Shapes of OAuth responses that several practice services share.
import { type Answer, json } from './http.ts'
import type { Draft } from './profile.ts'

/** Doorkeeper's messages for each error; Planio and other Rails applications use exactly these. */
const DOORKEEPER_WORDS: Record<string, string> = {
  invalid_request:
    'The request is missing a required parameter, includes an unsupported parameter value, or is otherwise malformed.',
  invalid_client:
    'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
  invalid_grant:
    'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  invalid_scope: 'The requested scope is invalid, unknown, or malformed.',
  unsupported_grant_type: 'The authorization grant type is not supported by the authorization server.',
  unauthorized_client: 'The client is not authorized to perform this request using this method.',
}

export const errorOf = (draft: Draft): string => String(draft.body.error ?? 'server_error')

/** An error response like Doorkeeper's, with the `WWW-Authenticate` it sends along. */
export function refuseLikeDoorkeeper(draft: Draft, realm: string): Answer {
  const error = errorOf(draft)
  const description = DOORKEEPER_WORDS[error] ?? String(draft.body.error_description ?? '')
  return json(
    draft.status,
    { error, error_description: description },
    { 'www-authenticate': `Bearer realm="${realm}", error="${error}", error_description="${description}"` },
  )
}

/** Picks the named members of a response that are present, in that order. */
export function pick(body: Record<string, unknown>, names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]))
}
