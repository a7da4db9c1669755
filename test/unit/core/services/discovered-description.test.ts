import { describe, expect, it } from 'vitest'
import { serviceSchema } from '../../../../contract/service.ts'
import { descriptionIssues } from '../../../../core/services/description-checks.ts'
import { draftFrom } from '../../../../core/services/discovered-description.ts'

const draft = (issuer: string, more: object = {}) =>
  draftFrom({ issuer, authorization_endpoint: `${issuer}/a`, token_endpoint: `${issuer}/t`, ...more }, issuer)

describe('what a discovered service is called', () => {
  it.each([
    ['https://id.example.com', 'id-example-com', 'id.example.com'],
    ['https://id.example.com/realms/acme/', 'id-example-com-realms-acme', 'id.example.com/realms/acme'],
    ['https://id.example.com/realms/other', 'id-example-com-realms-other', 'id.example.com/realms/other'],
    ['http://127.0.0.1:41401/t1', '127-0-0-1-41401-t1', '127.0.0.1:41401/t1'],
  ])('%s tells it from its neighbours', (issuer, id, name) => {
    expect(draft(issuer).description).toMatchObject({ id, name })
  })

  it('keeps the end of a long address, where tenants differ', () => {
    const host = `https://a-rather-long-name.identity.eu-central-1.example.com/organisations/of/the/world`
    const [one, other] = ['first', 'second'].map((tenant) => draft(`${host}/${tenant}`).description)
    expect(one?.id).not.toBe(other?.id)
    expect(one?.name).toMatch(/^a-rather-.*….*first$/)
    expect(serviceSchema.safeParse(one).success).toBe(true)
  })
})

it('refuses metadata that no description can take, and names the member', () => {
  const userinfo_endpoint = `https://${'x'.repeat(400)}.example.com/me`
  expect(() => draft('https://id.example.com', { userinfo_endpoint })).toThrow(/no description can take: api\.origins/)
})

describe('client authentication', () => {
  it('that Grantdesk knows is taken as it is named', () => {
    const { description, notes } = draft('https://id.example.com', {
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'],
    })
    expect(description.clientAuthentication).toEqual({ allowed: ['basic', 'basic-raw'], default: 'basic' })
    expect(description.unverified).toEqual(['redirect.anyPort'])
    expect(notes.join()).toContain('It also names private_key_jwt, which Grantdesk cannot do.')
  })

  it('of which Grantdesk can do none is said to work as advertised in no way, and what is proposed is unverified', () => {
    const { description, notes } = draft('https://id.example.com', {
      token_endpoint_auth_methods_supported: ['private_key_jwt', 'tls_client_auth'],
    })
    expect(notes.join()).toContain('names private_key_jwt, tls_client_auth alone, and Grantdesk can do none of them')
    expect(notes.join()).toContain('will not work as advertised')
    expect(description.unverified).toContain('clientAuthentication')
  })
})

describe('where tokens are sent', () => {
  const issuer = 'https://id.example.com/realms/acme'
  const drafted = (userinfo: string | undefined, apiOrigins: string[] = []) => {
    const metadata = { issuer, authorization_endpoint: `${issuer}/a`, token_endpoint: `${issuer}/t` }
    const { description, notes } = draftFrom({ ...metadata, userinfo_endpoint: userinfo }, issuer, { apiOrigins })
    expect(descriptionIssues(description)).toEqual([])
    return { api: description.api, path: description.identity[0]?.path, notes }
  }

  it('is the issuer’s origin where nothing else is named', () => {
    expect(drafted(`${issuer}/userinfo`)).toMatchObject({ api: undefined, path: '/userinfo' })
    expect(drafted('https://id.example.com/me')).toMatchObject({ api: undefined, path: 'https://id.example.com/me' })
  })

  it('is also where the userinfo endpoint is, on whatever host', () => {
    expect(drafted('https://me.example.net/v1/userinfo')).toMatchObject({
      api: { origins: ['{base}', 'https://me.example.net'] },
      path: 'https://me.example.net/v1/userinfo',
    })
  })

  it('is what the person names, and the issuer’s only as far as its userinfo endpoint needs it', () => {
    const api = 'https://api.example.com'
    expect(drafted(`${issuer}/userinfo`, [api])).toMatchObject({
      api: { origins: [api, '{base}'] },
      path: '{base}/userinfo',
    })
    expect(drafted(undefined, [api])).toMatchObject({ api: { origins: [api] }, path: undefined })
    expect(drafted(`${api}/userinfo`, [api])).toMatchObject({ api: { origins: [api] } })
  })
})

describe('what the issuer can do', () => {
  const issuer = 'https://id.example.com'
  const bare = (more: object) => draftFrom({ issuer, token_endpoint: `${issuer}/t`, ...more }, issuer)

  it('without an authorization endpoint is what needs none, and none is invented', () => {
    const { description, notes } = bare({ grant_types_supported: ['authorization_code', 'client_credentials'] })
    expect(description.endpoints.authorization).toBeNull()
    expect(description.grants.map(({ type }) => type)).toEqual(['client_credentials'])
    expect(descriptionIssues(description)).toEqual([])
    expect(notes.join()).toContain('no authorization endpoint')
    expect(bare({}).description.grants.map(({ type }) => type)).toEqual(['client_credentials'])
  })

  it('names no grant by a word that every object has', () => {
    const named = {
      grant_types_supported: ['constructor', 'password'],
      token_endpoint_auth_methods_supported: ['toString'],
    }
    expect(bare(named).description.grants.map(({ type }) => type)).toEqual(['password'])
  })

  it('pushes authorization requests where that is required, and only there', () => {
    const pushed = { pushed_authorization_request_endpoint: `${issuer}/par` }
    expect(draft(issuer, pushed).description.endpoints.pushedAuthorization).toBeUndefined()
    const required = draft(issuer, { ...pushed, require_pushed_authorization_requests: true })
    expect(required.description.endpoints.pushedAuthorization).toBe('{base}/par')
    expect(required.notes.join()).not.toContain('will not work')
  })

  it.each<[object, string]>([
    [{ require_pushed_authorization_requests: true }, 'names no endpoint for them'],
    [{ require_signed_request_object: true }, 'RFC 9101'],
    [{ response_types_supported: ['id_token'] }, 'response type code'],
    [{ id_token_signing_alg_values_supported: ['ES256K', 'none'] }, 'with ES256K, none only'],
  ])('that Grantdesk cannot meet is told before a browser opens: %j', (more, words) => {
    expect(draft(issuer, more).notes.join()).toContain(words)
    expect(draft(issuer).notes.join()).not.toContain(words)
  })

  it('is asked for whose a token is only where no ID token says it', () => {
    const asks = (more: object) => draft(issuer, more).notes.join().includes('Who am I')
    expect(asks({ scopes_supported: ['read'] })).toBe(true)
    expect(asks({ scopes_supported: ['openid', 'read'] })).toBe(false)
  })

  it.each<[string[] | undefined, string | undefined]>([
    [undefined, undefined],
    [['client_secret_post', 'client_secret_basic'], undefined],
    [['client_secret_basic'], 'basic'],
    [['private_key_jwt'], undefined],
  ])('authenticates a client for revoking by %j', (named, expected) => {
    const { description, notes } = draft(issuer, {
      revocation_endpoint: `${issuer}/revoke`,
      token_endpoint_auth_methods_supported: ['client_secret_post'],
      revocation_endpoint_auth_methods_supported: named,
    })
    expect(description.revocation.clientAuthentication).toBe(expected)
    expect(notes.join().includes('it may refuse to revoke')).toBe(named?.[0] === 'private_key_jwt')
  })

  it('of a templated issuer is described under the issuer that was asked', () => {
    const base = 'https://login.example.com/common/v2.0'
    const template = 'https://login.example.com/{tenantid}/v2.0'
    const metadata = {
      issuer: template,
      authorization_endpoint: 'https://login.example.com/common/oauth2/authorize',
      token_endpoint: `${base}/token`,
      authorization_response_iss_parameter_supported: true,
    }
    const { description } = draftFrom(metadata, template, { base })
    expect(description).toMatchObject({
      id: 'login-example-com-common-v2-0',
      base: { default: base },
      issuer: { url: template, inRedirect: false },
      endpoints: { token: '{base}/token' },
    })
    expect(descriptionIssues(description)).toEqual([])
    const odd = { ...description, issuer: { url: 'https://{tenantid}.example.com/', inRedirect: false } }
    expect(descriptionIssues(odd).map(({ path }) => path)).toEqual(['issuer.url'])
  })
})
