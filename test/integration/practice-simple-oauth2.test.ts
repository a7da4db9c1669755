// simple-oauth2, unchanged, against practice Birdview and Plannr: so that practice is honest.
/// <reference path="./practice-simple-oauth2.d.ts" />
import { AuthorizationCode, ClientCredentials, type Configuration, ResourceOwnerPassword } from 'simple-oauth2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Practice, type PracticeService, startPractice } from '../../practice/index.ts'
import { bearer, credentials, getJson, REDIRECT_URI, visit } from './practice-browser.ts'

let practice: Practice
let birdview: PracticeService
let plannr: PracticeService

beforeAll(async () => {
  practice = await startPractice()
  birdview = practice.services[4] as PracticeService
  plannr = practice.services[2] as PracticeService
})
afterAll(() => practice.close())

function configure(service: PracticeService, options: Configuration['options'] = {}, client = 0): Configuration {
  const { client_id: id, client_secret: secret } = credentials(service, client)
  const tokenPath = service === birdview ? '/OAuth2/Token' : '/oauth/token'
  return { client: { id, secret }, auth: { tokenHost: service.baseUrl, tokenPath }, options }
}

/** The one grant that has an authorization endpoint. */
function codeClient(service: PracticeService, options: Configuration['options'] = {}): AuthorizationCode {
  const { auth, ...rest } = configure(service, options)
  const authorizePath = service === birdview ? '/OAuth2/Authorize' : '/oauth/authorize'
  return new AuthorizationCode({ ...rest, auth: { ...auth, authorizePath } })
}

async function allow(client: AuthorizationCode, scope: string) {
  const url = client.authorizeURL({ redirect_uri: REDIRECT_URI, scope, state: 'state-of-the-library' })
  const { redirect } = await visit(url)
  expect(redirect?.searchParams.get('state')).toBe('state-of-the-library')
  return client.getToken({ code: redirect?.searchParams.get('code') ?? '', redirect_uri: REDIRECT_URI })
}

const nameAt = async (service: PracticeService, path: string, token: unknown) =>
  (await getJson(service.baseUrl + path, bearer(token))).body

describe('at practice Birdview', () => {
  const whoAmI = '/api/v1/users/current'

  it('gets a token with a password, and refreshes it', async () => {
    const client = new ResourceOwnerPassword(configure(birdview, { authorizationMethod: 'body' }))
    const tokens = await client.getToken({ username: 'alice', password: 'alice-practice' })
    expect(tokens.token).toMatchObject({ token_type: 'bearer', expires_in: 3600 })
    expect(tokens.expired()).toBe(false)
    const refreshed = await tokens.refresh()
    expect(refreshed.token.access_token).not.toBe(tokens.token.access_token)
    expect(await nameAt(birdview, whoAmI, refreshed.token.access_token)).toMatchObject({ name: 'Alice' })
  })

  it('is refused with a wrong password', async () => {
    const client = new ResourceOwnerPassword(configure(birdview, { authorizationMethod: 'body' }))
    const attempt = client.getToken({ username: 'alice', password: 'not-the-password' })
    await expect(attempt).rejects.toMatchObject({
      output: { statusCode: 400 },
      data: { payload: { error: 'invalid_grant' } },
    })
  })

  it('acts as the user whom its client credentials name', async () => {
    const client = new ClientCredentials(configure(birdview, { authorizationMethod: 'body' }))
    const { token } = await client.getToken({ scope: 'user:8' })
    expect(await nameAt(birdview, whoAmI, token.access_token)).toMatchObject({ id: 8, name: 'Alice' })
    expect(token).not.toHaveProperty('refresh_token')
    await expect(client.getToken({ scope: 'user:99' })).rejects.toMatchObject({ output: { statusCode: 400 } })
  })

  it('gets a token with a code, and refreshes it more than once with the same refresh token', async () => {
    const tokens = await allow(codeClient(birdview), '')
    await tokens.refresh()
    const { token } = await tokens.refresh()
    expect(await nameAt(birdview, whoAmI, token.access_token)).toMatchObject({ name: 'Ada' })
  })

  it('meets a server that takes HTTP Basic as it stands', async () => {
    const difficult = birdview.clients.findIndex(({ clientId }) => clientId.endsWith('difficult-app'))
    const grant = { username: 'ada', password: 'ada-practice' }
    const strict = new ResourceOwnerPassword(configure(birdview, { credentialsEncodingMode: 'strict' }, difficult))
    await expect(strict.getToken(grant)).rejects.toMatchObject({ data: { payload: { error: 'invalid_client' } } })
    const loose = new ResourceOwnerPassword(configure(birdview, { credentialsEncodingMode: 'loose' }, difficult))
    expect((await loose.getToken(grant)).token.token_type).toBe('bearer')
  })
})

it('at practice Plannr, gets a token with a code and replaces it', async () => {
  const tokens = await allow(codeClient(plannr, { authorizationMethod: 'body' }), '*')
  expect(tokens.token).not.toHaveProperty('scope')
  const refreshed = await tokens.refresh()
  expect(refreshed.token.refresh_token).not.toBe(tokens.token.refresh_token)
  const me = await nameAt(plannr, '/api/v1/me', refreshed.token.access_token)
  expect(me.data).toMatchObject({ first_name: 'Ada' })
  expect(await nameAt(plannr, '/api/v1/me', tokens.token.access_token)).toEqual({ message: 'Unauthenticated.' })
  await expect(tokens.refresh()).rejects.toMatchObject({ data: { payload: { error: 'invalid_grant' } } })
  expect((await refreshed.refresh()).token.access_token).toBeTypeOf('string')
})
