import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findValues, maskedValue } from '../../../contract/found-values.ts'

const key = 'plane_api_0123456789abcdef'
const keysIn = (text: string) => findValues(text, 'key').map(({ value }) => value)

describe('a key is found', () => {
  it.each([
    ['in an Authorization header', `Authorization: Bearer ${key}`, 'in the header “Authorization”'],
    ['in another header', `X-Api-Key: ${key}`, 'in the header “X-Api-Key”'],
    ['in a header in quotes', `"X-Api-Key": "${key}",`, 'in the header “X-Api-Key”'],
    ['among headers', `Accept: */*\nAuthorization: token ${key}\nHost: x`, 'in the header “Authorization”'],
    ['in a Basic header', `Authorization: Basic ${btoa(`user:${key}`)}`, 'in the header “Authorization”'],
    ['in a Basic header, as its user', `Authorization: Basic ${btoa(`${key}:`)}`, 'in the header “Authorization”'],
    ['after a scheme', `Bearer ${key}`, 'after “Bearer”'],
    ['after a scheme in lower case', `  token ${key}\n`, 'after “token”'],
    ['in an assignment', `token=${key}`, 'as “token”'],
    ['in a shell’s assignment', `export PLANE_API_KEY="${key}"`, 'as “PLANE_API_KEY”'],
    ['in a file of settings', `# mine\nNAME=ada\nPLANE_TOKEN='${key}'\n`, 'as “PLANE_TOKEN”'],
    ['in an address', `https://api.example/v1?x=1&access_token=${key}`, 'as the parameter “access_token”'],
    ['in a form', `a=1&token=${key}&b=2`, 'as the parameter “token”'],
    ['in a JSON document', `{"id":7,"data":{"access_token":"${key}"}}`, 'as “access_token” in the JSON'],
    [
      'in a curl command',
      `curl 'https://api.example/me' \\\n  -H 'accept: */*' \\\n  -H 'Authorization: Bearer ${key}' --compressed`,
      'in the header “Authorization” of the curl command',
    ],
    [
      'in a curl command for Windows',
      `curl ^\r\n -H "X-Api-Key: ${key}" https://api.example`,
      'in the header “X-Api-Key” of the curl command',
    ],
    [
      'in a curl command in one word',
      `$ curl -HX-Api-Key:${key} https://a.example`,
      'in the header “X-Api-Key” of the curl command',
    ],
    ['as the user of a curl command', `curl -u ${key}: https://api.example`, 'after -u of the curl command'],
    [
      'as the bearer of a curl command',
      `curl --oauth2-bearer ${key} https://api.example`,
      'after --oauth2-bearer of the curl command',
    ],
    [
      'in the address of a curl command',
      `curl "https://a.example/?api_key=${key}"`,
      'as the parameter “api_key” of the curl command',
    ],
    ['in the body of a curl command', `curl -d '{"token":"${key}"}' https://a.example`, 'as “token” in the JSON'],
    ['in a program', `fetch(url, { headers: { Authorization: 'Bearer ${key}' } })`, 'after “Bearer”'],
  ])('%s', (_where, text, place) => {
    expect(findValues(text, 'key')).toEqual([{ value: key, place }])
  })

  it.each([
    key,
    'abc=',
    'a2V5LXRoYXQtaXM=',
    'two words',
    '',
    '{"not":"closed"',
    'token=',
    'Authorization: Bearer $TOKEN',
    'X-Api-Key: <your key>',
    'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.',
  ])('nowhere in %j', (text) => {
    expect(keysIn(text)).toEqual([])
  })

  it('several times where a person has to choose, each once', () => {
    const tokens = `{"access_token":"access-1","refresh_token":"refresh-1","token":"access-1","token_type":"bearer"}`
    expect(keysIn(tokens)).toEqual(['access-1', 'refresh-1'])
  })

  it('and a client secret among other things', () => {
    const file = '{"web":{"client_id":"c-1","client_secret":"s-12345","token_uri":"https://x.example"}}'
    expect(findValues(file, 'client_secret')).toEqual([{ value: 's-12345', place: 'as “client_secret” in the JSON' }])
  })

  it('never throws, and never finds what was not there', () => {
    const piece = fc.constantFrom(
      'curl ',
      '-H ',
      "'",
      '"',
      '\\',
      '{',
      '}',
      ':',
      '=',
      '&',
      'token',
      'Bearer ',
      '\n',
      '%',
      '$',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        for (const { value } of findValues(pieces.join(''), 'key')) expect(value).toMatch(/^\S{4,}$/)
      }),
    )
  })
})

it('a masked value shows a third of it at most', () => {
  expect(maskedValue(key)).toBe('plan…cdef, 26 characters')
  expect(maskedValue('short')).toBe('••••, 5 characters')
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (value) => {
      const shown = maskedValue(value).split(',')[0] ?? ''
      expect(shown === '••••' || shown.length - 1 <= value.length / 3).toBe(true)
    }),
  )
})
