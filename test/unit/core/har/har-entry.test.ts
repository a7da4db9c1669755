// Entries as other programs write them: bodies in base64, forms without their text, addresses of a redirect beside the headers,
// and values that are not what they should be.
import { describe, expect, it } from 'vitest'
import { readHarEntry } from '../../../../core/har/har-entry.ts'
import { importFile } from './import-fixture.ts'
import { archive } from './recorded.ts'

const request = { method: 'post', url: 'https://as.example/token', headers: [] as { name: string; value: string }[] }
const response = { status: 200, statusText: 'OK', headers: [] as { name: string; value: string }[], content: {} }
const read = (changes: object) =>
  readHarEntry({ startedDateTime: '2026-11-30T09:15:00Z', request, response, ...changes })

describe('an entry', () => {
  it('of Charles has its body in base64', () => {
    const text = Buffer.from('{"token_type":"Bearer"}').toString('base64')
    const content = { mimeType: 'application/json', encoding: 'base64', text, size: 23 }
    expect(read({ response: { ...response, content } })?.response).toMatchObject({
      body: '{"token_type":"Bearer"}',
      size: 23,
    })
  })

  it('whose method is none is left out', () => {
    expect(read({ request: { ...request, method: "X;$'touch'" } })).toBeNull()
    expect(read({ request: { ...request, method: '\u001b]0;owned\u0007' } })).toBeNull()
  })

  it('with a binary body has none', () => {
    const content = {
      mimeType: 'image/png',
      encoding: 'base64',
      text: Buffer.from([137, 80, 78, 71, 0]).toString('base64'),
    }
    expect(read({ response: { ...response, content } })?.response?.body).toBeNull()
  })

  it('of a form without its text has it by the parameters, and says what it is', () => {
    const params = [
      { name: 'grant_type', value: 'refresh_token' },
      { name: 'scope', value: 'a b' },
    ]
    const postData = { mimeType: 'application/x-www-form-urlencoded', params }
    const found = read({ request: { ...request, postData } })
    expect(found?.request).toMatchObject({ method: 'POST', body: 'grant_type=refresh_token&scope=a+b' })
    expect(found?.request.headers).toEqual([['content-type', 'application/x-www-form-urlencoded']])
  })

  it('of developer tools has the address of a redirect beside the headers', () => {
    const found = read({ response: { ...response, status: 302, redirectURL: '/login' } })
    expect(found?.response?.headers).toEqual([['location', '/login']])
  })

  it('that was blocked has no response, and times that do not apply are absent', () => {
    const timings = { send: -1, wait: -1, receive: 3.4 }
    expect(read({ response: { ...response, status: 0 }, time: 3.4, timings })).toMatchObject({
      response: null,
      timing: { waiting: null, receiving: 3, whole: 3 },
    })
  })

  it('is left out without an address of the web, and reads wrong values as absent', () => {
    for (const url of [
      undefined,
      7,
      '',
      'chrome://settings',
      'wss://a.example/',
      `https://a.example/${'x'.repeat(40_000)}`,
    ])
      expect(read({ request: { ...request, url } })).toBeNull()
    expect(
      read({ startedDateTime: 'soon', request: { url: request.url, headers: { a: 1 } }, response: 'none' }),
    ).toEqual({
      at: 0,
      request: { method: 'GET', url: request.url, headers: [], body: null, truncated: false },
      response: null,
      timing: { waiting: null, receiving: null, whole: null },
    })
  })
})

describe('a file', () => {
  const text = JSON.stringify(archive([{ url: 'https://a.example/?code=k3mPq8ZsT1vWxYb2&state=sTaTe-0123456789' }]))

  it.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 with the greater byte first', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('in %s is read', async (_, bytes) => {
    const { flows, result } = await importFile(bytes, { piece: 7 })
    expect(result.fault).toBeNull()
    expect(flows).toHaveLength(1)
  })
})
