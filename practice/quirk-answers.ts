// The quirks that change a finished response: token responses, errors, API refusals, and responses that come late, from
// somewhere else or not at all.
import { type Answer, empty, html, type Incoming, json } from './http.ts'
import { errorOf } from './oauth-answers.ts'
import type { Draft, ServiceProfile } from './profile.ts'
import type { QuirkId } from './quirk-catalogue.ts'
import type { Quirks } from './quirks.ts'

const RETRY_AFTER = 7
const SLOWNESS = 3_000

export const BROKEN_PAGE =
  '<!doctype html><html lang="en"><title>Server error</title><h1>We’re sorry, but something went wrong.</h1></html>'

/** Members of a token response that a quirk removes. */
const MISSING: [QuirkId, string[]][] = [
  ['no-expires-in', ['expires_in']],
  ['no-scope', ['scope']],
  ['no-refresh-token', ['refresh_token']],
  ['access-token-alone', ['token_type', 'expires_in', 'refresh_token', 'scope', 'created_at']],
]

function bendTokens(answer: Answer, draft: Draft, quirks: Quirks): Answer {
  const body = JSON.parse(answer.body ?? '{}') as Record<string, unknown>
  for (const [id, names] of MISSING) if (quirks.isOn(id)) for (const name of names) delete body[name]
  if (quirks.isOn('refresh-none') && draft.form.get('grant_type') === 'refresh_token') delete body.refresh_token
  if (quirks.isOn('lower-case-bearer') && body.token_type) body.token_type = 'bearer'
  return { ...answer, body: JSON.stringify(body) }
}

function bendRefreshRefusal(answer: Answer, quirks: Quirks): Answer {
  if (quirks.isOn('refresh-refused-401')) return json(401, { error: 'invalid_request' })
  if (quirks.isOn('refresh-refused-empty')) return empty(400)
  if (quirks.isOn('refresh-refused-500')) return html(500, BROKEN_PAGE)
  return answer
}

function bendClientRefusal(answer: Answer, quirks: Quirks): Answer {
  if (quirks.isOn('wrong-secret-400')) return { ...answer, status: 400 }
  if (quirks.isOn('wrong-secret-403')) return empty(403)
  return answer
}

/** Some servers' own error codes, by the RFC's code and the grant type. */
export const OWN_CODES: Record<string, string> = {
  invalid_scope: 'scope_invalid',
  'invalid_grant authorization_code': 'invalid_code',
}

/** Applies quirks to a response of the token endpoint. */
export function bendTokenAnswer(answer: Answer, draft: Draft, quirks: Quirks): Answer {
  if (answer.status === 200) return bendTokens(answer, draft, quirks)
  const error = errorOf(draft)
  const own = OWN_CODES[`${error} ${error === 'invalid_grant' ? draft.form.get('grant_type') : ''}`.trim()]
  if (own && quirks.isOn('own-error-codes')) return { ...answer, body: answer.body?.replaceAll(error, own) }
  if (error === 'invalid_client') return bendClientRefusal(answer, quirks)
  if (error === 'invalid_grant' && draft.form.get('grant_type') === 'refresh_token')
    return bendRefreshRefusal(answer, quirks)
  return answer
}

/** Applies quirks to the API's response to a request with `Authorization`. */
export function bendApiAnswer(answer: Answer, request: Incoming, quirks: Quirks): Answer {
  const isRefused = answer.status === 401 && request.headers.authorization !== undefined
  return isRefused && quirks.isOn('dead-token-403') ? html(403, '') : answer
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    // Must not keep a closed server's process alive.
    setTimeout(resolve, milliseconds).unref()
  })
}

/** The answer to give instead if a quirk asks for one; null lets the request through, possibly delayed. */
export async function interrupt(request: Incoming, profile: ServiceProfile, quirks: Quirks): Promise<Answer | null> {
  const { path, method } = request
  if (quirks.isOn('community-edition') && profile.oauthRoot && path.startsWith(profile.oauthRoot))
    return profile.notFound(path)
  const isTokenEndpoint = path === profile.paths.token && method === 'POST'
  const isForPeople = path.startsWith('/consent/') || profile.pages.some((page) => page.path === path)
  if (isForPeople || (path === profile.paths.authorization && method === 'GET')) return null
  if (quirks.isOn('slow')) await wait(SLOWNESS)
  if (isTokenEndpoint && quirks.isOn('token-endpoint-404')) return profile.notFound(path)
  if (quirks.isOn('server-errors')) return html(503, BROKEN_PAGE)
  const isApi = !isTokenEndpoint && path !== profile.paths.revocation
  if (isApi && quirks.isOn('api-404')) return profile.notFound(path)
  if (isApi && quirks.isOn('api-429')) {
    if (profile.tooMany) return profile.tooMany(path)
    return json(429, { error: 'rate_limited', message: 'Too many requests' }, { 'retry-after': String(RETRY_AFTER) })
  }
  return null
}
