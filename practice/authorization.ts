// The OAuth endpoints of a practice service: converts each request from any form that the service accepts into the one
// form that the engine understands.
import type { ServerResponse } from 'node:http'
import { bendChallenge, translateScope } from './authorization-request.ts'
import { authenticateClient } from './client-authentication.ts'
import { createConsent, type EndpointDependencies, messageAnswer } from './consent.ts'
import { DEVICE_CODE } from './device-codes.ts'
import { giveCodes } from './device-grant.ts'
import { createGrantQuirks } from './grant-quirks.ts'
import { type Answer, empty, type Incoming, json, readForm } from './http.ts'
import { OUT_OF_BAND, REFUSED_SCOPE } from './provider-configuration.ts'

export interface OAuthEndpoints {
  /** The answer; null if the engine wrote it; undefined if the path is not an OAuth endpoint. */
  answer(request: Incoming, response: ServerResponse): Promise<Answer | null | undefined>
}

/** Never issued, so revoking it changes nothing. */
const NO_TOKEN = 'practice-no-token'

/** Makes the OAuth endpoints of one service. */
export function createOAuthEndpoints(dependencies: EndpointDependencies): OAuthEndpoints {
  const { profile, baseUrl, engine, clients, quirks } = dependencies
  const { paths } = profile
  const consentPath = /^\/consent\/([\w-]+)$/
  const authentication = { clients, quirks, innerSecret: engine.innerSecret }
  const odd = createGrantQuirks(engine.store, quirks)
  const consent = createConsent(dependencies)

  const nameRedirect = (parameters: URLSearchParams): void => {
    if (profile.outOfBandPath && parameters.get('redirect_uri') === OUT_OF_BAND)
      parameters.set('redirect_uri', `${baseUrl}${profile.outOfBandPath}`)
  }

  const isExact = (query: URLSearchParams): boolean => {
    const registered = clients.find(query.get('client_id') ?? '')?.redirectUris ?? []
    return registered.includes(query.get('redirect_uri') ?? '')
  }

  const authorize = async (request: Incoming, response: ServerResponse): Promise<Answer | null> => {
    const query = new URLSearchParams(request.query)
    if (quirks.isOn('redirect-exact') && !isExact(query))
      return messageAnswer(
        profile,
        400,
        'This authorization request is refused',
        'The redirect_uri is not one that is registered.',
      )
    query.set('scope', translateScope(query.get('scope'), profile))
    bendChallenge(query, quirks)
    nameRedirect(query)
    await engine.forward(request, response, { method: 'GET', url: `${paths.authorization}?${query}` })
    return null
  }

  const exchange = async (request: Incoming, response: ServerResponse): Promise<Answer | null> => {
    const form = readForm(request)
    const isKnown = authenticateClient(request, form, authentication)
    nameRedirect(form)
    const verdict = isKnown ? profile.checkTokenRequest?.(form, form.get('client_id') ?? '') : null
    if (verdict && 'refusal' in verdict) return verdict.refusal
    if (profile.scopes === null) form.delete('scope')
    else if (form.has('scope')) form.set('scope', translateScope(form.get('scope'), profile))
    if (form.get('grant_type') === DEVICE_CODE && !quirks.isOn('device-grant'))
      return profile.shapeTokenAnswer({ status: 400, body: { error: 'unsupported_grant_type' }, form })
    const busy = isKnown ? await odd.begin(form) : null
    if (busy && 'status' in busy) return busy
    await engine.forward(request, response, { method: 'POST', url: paths.token, form, remember: verdict?.remember })
    busy?.end()
    return null
  }

  const revoke = async (request: Incoming, response: ServerResponse): Promise<Answer | null> => {
    const form = readForm(request)
    const isKnown = authenticateClient(request, form, authentication)
    if (!odd.reads(request))
      return profile.shapeRevocationAnswer?.({ status: 400, body: { error: 'invalid_request' }, form }) ?? empty(400)
    if (quirks.isOn('revocation-refused')) return json(401, { error: 'invalid_client' })
    if (isKnown && odd.revoke(form)) form.set('token', NO_TOKEN)
    await engine.forward(request, response, { method: 'POST', url: request.path, form })
    return null
  }

  /** @see RFC 8628 §3.1 */
  const authorizeDevice = (request: Incoming): Answer => {
    const form = readForm(request)
    const isKnown = authenticateClient(request, form, authentication)
    const refused = { status: 401, body: { error: 'invalid_client' }, form }
    if (!isKnown) return profile.shapeTokenAnswer(refused)
    const scope = translateScope(form.get('scope'), profile)
    if (scope === REFUSED_SCOPE)
      return profile.shapeTokenAnswer({ status: 400, body: { error: 'invalid_scope' }, form })
    return giveCodes(engine.devices, form, scope, `${baseUrl}${profile.devicePath ?? ''}`)
  }

  return {
    async answer(request, response) {
      const uid = consentPath.exec(request.path)?.[1]
      if (uid) return consent(request, response, uid)
      const call = `${request.method} ${request.path}`
      if (call === `GET ${paths.authorization}`) return authorize(request, response)
      if (call === `POST ${paths.token}`) return exchange(request, response)
      if (quirks.isOn('device-grant') && call === `POST ${paths.deviceAuthorization}`) return authorizeDevice(request)
      if (paths.revocation && call === `POST ${paths.revocation}`) return revoke(request, response)
      return undefined
    },
  }
}
