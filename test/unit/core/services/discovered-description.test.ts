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
    const { description, notes } = draftFrom({ ...metadata, userinfo_endpoint: userinfo }, issuer, apiOrigins)
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
