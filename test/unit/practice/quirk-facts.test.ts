// Every fact of how the five services, and the servers behind them, depart from the specifications or from each other:
// which switch of the practice services plays it, or why none does.
import { expect, it } from 'vitest'
import { agilePlannerService } from '../../../practice/agile-planner/service.ts'
import { birdviewService } from '../../../practice/birdview/service.ts'
import { planeService } from '../../../practice/plane/service.ts'
import { planioService } from '../../../practice/planio/service.ts'
import { plannrService } from '../../../practice/plannr/service.ts'
import type { ServiceId } from '../../../practice/profile.ts'
import { QUIRKS, type QuirkId } from '../../../practice/quirk-catalogue.ts'

const services = [planeService, planioService, plannrService, agilePlannerService, birdviewService]
const offered = new Map(services.map((service) => [service().id, service().quirks.offered]))

type Played = { by: QuirkId[]; at?: ServiceId }
/** Why no switch is needed. */
type Exempt = { always: string } | { elsewhere: string }

const by = (...ids: QuirkId[]): Played => ({ by: ids })
const at = (id: ServiceId, ...ids: QuirkId[]): Played => ({ at: id, by: ids })
const always = (words: string): Exempt => ({ always: words })
const elsewhere = (words: string): Exempt => ({ elsewhere: words })

const facts: Record<string, Played | Exempt> = {
  // Plane
  'the Community edition answers 404': at('plane', 'community-edition'),
  'the redirect may bring no app_installation_id': at('plane', 'redirect-without-installation'),
  'the redirect brings app_installation_id and an unused code': always('practice Plane does so by itself'),
  'a bot token has no refresh token': always('client credentials never give one'),
  'a refresh token may be new, and may be absent': at('plane', 'refresh-rotates', 'refresh-none', 'no-refresh-token'),
  'revocation is known from one SDK, as JSON': at('plane', 'revocation-json-only', 'revocation-form-only'),
  'an API may ask for payment (402)': at('plane', 'payment-required'),
  'too many requests, as each generation of the API says it': at('plane', 'api-429'),
  'a bad API key is 401 or 403': at('plane', 'bad-key-401', 'bad-key-403'),
  'every path ends in a slash, or there is a 404': at('plane', 'token-endpoint-404'),
  'PKCE is undocumented, and may be refused': at('plane', 'pkce-refused'),
  'introspection and discovery are unknown': always('no practice service has them'),
  // Planio
  'the REST API has to be switched on, else 403': at('planio', 'rest-api-off'),
  'an unknown token counts as nobody': at('planio', 'unknown-is-nobody'),
  'a key beats Bearer when both are sent': at('planio', 'key-beats-bearer'),
  'the code is shown on /oauth/authorize/native': always('the out-of-band page of practice Planio'),
  'the code stands in the title of a page': at('planio', 'success-code-page'),
  'the old refresh token dies on first use of the new access token': at('planio', 'refresh-until-used'),
  'one bad scope fails the whole consent': always('the engine refuses an unknown scope'),
  'an expired token is a 401 with an empty body and a challenge': always('practice Planio does so by itself'),
  // Plannr
  'most calls need X-PLANNR-ACCOUNT-UUID': at('plannr', 'account-header-required'),
  'preferred_account_uuid is there or not': at('plannr', 'preferred-account'),
  'the granted scopes are not reported': at('plannr', 'no-scope'),
  'the refresh token ends after six months': elsewhere('time is moved in the tests of the application'),
  // Agile Planner
  'a token response holds access_token alone': at('agile-planner', 'access-token-alone'),
  'a refusal comes back as access_denied': always('Deny on the consent page'),
  'a denial may not come back at all': at('agile-planner', 'denial-stays'),
  // Birdview
  'automatic consent grant': at('birdview', 'automatic-consent'),
  'client credentials have to be allowed for a client': always('the page of OAuth 2.0 clients'),
  'a secret is reset, and the old one stops working': always('the page of OAuth 2.0 clients'),
  // Client authentication
  'Basic is decoded as the RFC has it, or not': by('basic-form-encoded', 'basic-raw'),
  'only one place of the credentials is taken': by('basic-only', 'body-only'),
  'credentials in both places are refused': always('the engine refuses them'),
  'a bad secret is 401, 400, or 403 with an empty body': by('wrong-secret-400', 'wrong-secret-403'),
  // Token responses
  'expires_in may be missing': by('no-expires-in'),
  'scope may be missing': at('plane', 'no-scope'),
  'scope may be narrower than asked': at('plane', 'fewer-scopes'),
  'token_type may be bearer, and yet be refused so in a header': by('lower-case-bearer', 'lower-case-header-refused'),
  'codes of 788 characters, responses of 1.4 kB': by('long-tokens'),
  'extra members such as created_at': always('practice Planio sends it'),
  // Refresh
  'a refusal is 401 invalid_request, an empty 400, or a 500': by(
    'refresh-refused-401',
    'refresh-refused-empty',
    'refresh-refused-500',
  ),
  'parallel refreshes end in a 500': by('parallel-refresh-500'),
  'the old token dies at once, or its reuse kills the family': by('refresh-rotates', 'reuse-kills-family'),
  'the same refresh token may come again': by('refresh-same'),
  // Revocation
  'a 200 proves nothing': at('planio', 'revocation-does-nothing', 'revocation-refresh-only'),
  'a wrong client is a 403 unauthorized_client': always('practice Planio does so by itself'),
  'a revocation may be refused, whatever the client sends': at('planio', 'revocation-refused'),
  'the API may not tell whether a token lives': by('api-404'),
  'revoking the access token first breaks the refresh': at('planio', 'revocation-breaks-refresh'),
  'revoking either kills both, or they are independent': at(
    'planio',
    'revocation-kills-both',
    'revocation-independent',
  ),
  'JWT access tokens live on until they expire': at('planio', 'jwt-outlives-revocation'),
  // Errors
  'codes such as scope_invalid and invalid_code': by('own-error-codes'),
  'members such as hint and message': always('practice Plannr sends them'),
  'a query string on the token endpoint gave a 500': elsewhere('the application never sends one'),
  'a resource may answer 403 with an empty page': by('dead-token-403'),
  'an authorization error without state': by('error-without-state'),
  'a server may be slow, or out of order': by('slow', 'server-errors'),
  // Redirect URIs
  'any port on loopback, or an exact match': by('redirect-exact'),
  'PKCE plain only': by('pkce-plain-only'),
  // Device grant
  'the device grant, with or without an interval': at('planio', 'device-grant', 'device-no-interval'),
  'slow_down adds five seconds': at('planio', 'device-slow-down'),
  'a user code ends': at('planio', 'device-expires-soon'),
}

it.each(Object.entries(facts))('%s', (_fact, played) => {
  if (!('by' in played)) return expect(Object.values(played)[0]).toMatch(/\w{3}/)
  const where = played.at ? [played.at] : [...offered.keys()]
  for (const id of played.by) for (const service of where) expect(offered.get(service)).toContain(id)
})

it('no switch plays something that is no fact', () => {
  const named = new Set(Object.values(facts).flatMap((played) => ('by' in played ? played.by : [])))
  expect((Object.keys(QUIRKS) as QuirkId[]).filter((id) => !named.has(id))).toEqual([])
})
