// What a step of a flow can be copied as, and what its parameters are for.
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { RecordedRequest } from '../../../contract/flow/exchange.ts'
import { parameterWords } from '../../../contract/flow/parameter-words.ts'
import { rawRequest, rawResponse } from '../../../contract/flow/raw-message.ts'
import { recordedCurl } from '../../../contract/flow/recorded-curl.ts'

const request: RecordedRequest = {
  method: 'POST',
  url: 'https://plane.example/token?a=1',
  headers: [
    ['authorization', 'Bearer <access_token:3f2a91c0>'],
    ['content-type', 'application/x-www-form-urlencoded'],
    ['content-length', '120'],
    ['x-note', "it's"],
  ],
  body: 'token=<access_token:3f2a91c0>&other=<access_token:99887766>&client_secret=<client_secret:0011aabb>',
  truncated: false,
}

describe('a recorded request as curl', () => {
  it('has a variable for each secret, the same for the same one', () => {
    expect(recordedCurl(request)).toBe(
      [
        'curl',
        '--request POST',
        "'https://plane.example/token?a=1'",
        `--header 'authorization: Bearer '"$GRANTDESK_ACCESS_TOKEN"`,
        "--header 'content-type: application/x-www-form-urlencoded'",
        `--header 'x-note: it'\\''s'`,
        `--data-raw 'token='"$GRANTDESK_ACCESS_TOKEN"'&other='"$GRANTDESK_ACCESS_TOKEN_2"'&client_secret='"$GRANTDESK_CLIENT_SECRET"`,
      ].join(' \\\n  '),
    )
  })

  it('is what a shell makes of it, whatever the variables hold', () => {
    const command = (recordedCurl(request) ?? '').replace(/^curl/, 'printf "%s\\n"')
    const env = {
      GRANTDESK_ACCESS_TOKEN: "a 'b' $(c) `d`",
      GRANTDESK_ACCESS_TOKEN_2: '*',
      GRANTDESK_CLIENT_SECRET: '"',
    }
    const words = execFileSync('sh', ['-c', command], { env, encoding: 'utf8' }).split('\n')
    expect(words).toContain("authorization: Bearer a 'b' $(c) `d`")
    expect(words).toContain(`token=a 'b' $(c) \`d\`&other=*&client_secret="`)
  })

  it('leaves HTTP Basic to curl, with the secret as a variable', () => {
    const headers: [string, string][] = [['Authorization', 'Basic <web:<client_secret:0011aabb>>']]
    expect(recordedCurl({ ...request, method: 'GET', headers, body: null })).toBe(
      `curl \\\n  'https://plane.example/token?a=1' \\\n  --user 'web:'"$GRANTDESK_CLIENT_SECRET"`,
    )
    const whole: [string, string][] = [['authorization', 'Basic <credentials:0011aabb>']]
    expect(recordedCurl({ ...request, headers: whole, body: null })).toContain(
      `--header 'authorization: Basic '"$GRANTDESK_CREDENTIALS"`,
    )
  })

  it('runs nothing that an imported request brings along, and names no variable of the environment', () => {
    const method = "POST '' >/dev/null; echo ran; :"
    const token = 'https://plane.example/?t=<github_token:12ab34cd>'
    const command = (recordedCurl({ ...request, method, url: token }) ?? '').replace(/^curl/, 'printf "%s\\n"')
    const words = execFileSync('sh', ['-c', command], { env: { GITHUB_TOKEN: 'mine' }, encoding: 'utf8' }).split('\n')
    expect(words).toContain(method)
    expect(words).not.toContain('ran')
    expect(words.join(' ')).not.toContain('mine')
  })

  it('is not there for an address that curl takes for an option, or for what a terminal acts on', () => {
    expect(recordedCurl({ ...request, url: '-Kfile' })).toBeNull()
    expect(recordedCurl({ ...request, headers: [['x-note', '\u001b[201~\nid\n']] })).toBeNull()
    expect(recordedCurl({ ...request, body: '{\n  "a": 1\n}' })).not.toBeNull()
  })

  it('is not there where only the beginning of the body was kept', () => {
    expect(recordedCurl({ ...request, truncated: true })).toBeNull()
  })
})

describe('a recorded message as it was recorded', () => {
  it('has its first line, its headers, an empty line and its body', () => {
    expect(rawRequest({ ...request, headers: [['a', 'b']], body: 'c=d' })).toBe(
      'POST https://plane.example/token?a=1\na: b\n\nc=d',
    )
  })

  it('ends with its headers where it has no body', () => {
    const empty = { status: 204, statusText: 'No Content', headers: [['a', 'b'] as [string, string]], body: null }
    expect(rawResponse({ ...empty, size: 0, truncated: false })).toBe('204 No Content\na: b')
  })
})

describe('the words of a parameter', () => {
  it.each([
    ['state', 'RFC 6749 §10.12'],
    ['code_verifier', 'RFC 7636 §4.5'],
    ['resource', 'RFC 8707 §2'],
    ['iss', 'RFC 9207 §2'],
  ])('%s is of %s', (name, source) => {
    expect(parameterWords(name)?.source).toBe(source)
  })

  it('are none for what an API made up, whatever its name', () => {
    expect(parameterWords('page')).toBeNull()
    expect(parameterWords('constructor')).toBeNull()
  })
})
