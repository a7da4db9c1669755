import { describe, expect, test } from 'vitest'
import type { Service } from '../../../../contract/service.ts'
import { apiPlaceOf, endpointOf } from '../../../../core/services/addresses.ts'
import { parseDescription } from '../../../../core/services/description.ts'
import { basePartsOf } from '../../../../core/services/endpoint-values.ts'

function serviceWith(base: object, endpoints: object, more: object = {}): Service {
  return parseDescription(
    JSON.stringify({
      ...{ schema: 2, id: 'odd', name: 'Odd', scopes: {}, registration: { steps: '' } },
      base: { default: null, example: '', ...base },
      endpoints: { authorization: '{base}/authorize', ...endpoints },
      clientAuthentication: { allowed: ['body'], default: 'body' },
      redirect: { anyPort: 'yes' },
      grants: [{ id: 'code', type: 'authorization_code', name: 'Code' }],
      ...more,
    }),
  )
}

describe('a base URL with a form', () => {
  const netsuite = serviceWith(
    { template: 'https://{account}.app.netsuite.com' },
    { token: 'https://{account}.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token' },
    { api: { origins: ['https://{account}.suitetalk.api.netsuite.com'] } },
  )
  const baseUrl = 'https://acme-sb1.app.netsuite.com'

  test('gives its parts to endpoints and to the API’s origins', () => {
    expect(endpointOf(netsuite, 'authorization', baseUrl)).toBe(`${baseUrl}/authorize`)
    expect(endpointOf(netsuite, 'token', baseUrl)).toMatch(/^https:\/\/acme-sb1\.suitetalk\.api\.netsuite\.com\//)
    expect(apiPlaceOf(netsuite, baseUrl, {})?.origins).toEqual(['https://acme-sb1.suitetalk.api.netsuite.com'])
  })

  test('has several in host and path', () => {
    const { template } = { template: 'https://auth.pingone.{tld}/{environment}' }
    const pingone = serviceWith(
      { template },
      { token: '{base}/as/token', revocation: 'https://api.pingone.{tld}/revoke' },
    )
    const at = 'https://auth.pingone.eu/7b4c-11'
    expect(basePartsOf(pingone, at)).toEqual({ tld: 'eu', environment: '7b4c-11' })
    expect(endpointOf(pingone, 'token', at)).toBe('https://auth.pingone.eu/7b4c-11/as/token')
    expect(endpointOf(pingone, 'revocation', at)).toBe('https://api.pingone.eu/revoke')
  })

  test('has another host, too, where a part of its path names one', () => {
    const template = 'https://{environment}/{tenant}'
    const login = 'https://login.microsoftonline.com/{tenant}/oauth2'
    const endpoints = { authorization: `${login}/authorize`, token: `${login}/token` }
    const dynamics = serviceWith({ template }, endpoints, { api: { origins: ['https://{environment}'] } })
    const at = 'https://acme.crm.dynamics.com/7b4c-11'
    expect(endpointOf(dynamics, 'token', at)).toBe('https://login.microsoftonline.com/7b4c-11/oauth2/token')
    expect(apiPlaceOf(dynamics, at, {})?.origins).toEqual(['https://acme.crm.dynamics.com'])
  })

  test.each([
    'https://acme.netsuite.com',
    'https://acme.app.netsuite.com.evil.example',
    'https://a/b.app.netsuite.com',
  ])('%s is refused where it has another', (other) => {
    expect(() => basePartsOf(netsuite, other)).toThrow('https://{account}.app.netsuite.com')
    expect(() => endpointOf(netsuite, 'token', other)).toThrow('https://{account}.app.netsuite.com')
  })

  test.each([
    ['base.template', { template: 'https://app.example.com' }],
    ['base.template', { template: 'http://{account}.example.com' }],
    ['base.template', { template: 'https://{base}.example.com' }],
    ['base.template', { template: 'https://{account}.example.com/?a={b}' }],
    ['base.default', { template: 'https://{account}.example.com', default: 'https://example.com' }],
  ])('is refused in a description: %s of %j', (path, base) => {
    expect(() => serviceWith(base, { token: '{base}/token' })).toThrow(path)
  })
})
