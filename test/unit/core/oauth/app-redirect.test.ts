// What the system hands over at an app's own scheme: anybody's until it is this redirect URI with this attempt's state.
import { expect, it } from 'vitest'
import { appSchemeOf } from '../../../../contract/redirect-uri.ts'
import { openAppRedirect } from '../../../../core/oauth/app-redirect.ts'
import { Secret } from '../../../../core/secret.ts'

const state = new Secret('st_0123456789')

async function opened(redirectUri = 'com.example.app:/cb', issuer?: string) {
  const reasons: string[] = []
  let take: (address: string) => void = () => undefined
  let ended = 0
  const app = await openAppRedirect({
    ...{ redirectUri, scheme: 'com.example.app', state, issuer },
    async receive(_scheme, taking) {
      take = taking
      return {
        async end() {
          ended += 1
        },
      }
    },
    onEvent: ({ reason }) => void reasons.push(reason),
  })
  if ('why' in app) throw new Error(app.why)
  return { app, reasons, hand: (address: string) => take(address), ended: () => ended }
}

it.each([
  ['com.example.app:/cb', 'com.example.app:/cb?code=c1&state=st_0123456789'],
  ['com.example.app:/cb', 'COM.EXAMPLE.APP:/cb?state=st_0123456789&code=c1'],
  ['com.example.app:/cb', 'com.example.app:/cb#code=c1&state=st_0123456789'],
  ['com.example.app://cb', 'com.example.app://cb/?code=c1&state=st_0123456789'],
  ['com.example.app:/cb?from=a', 'com.example.app:/cb?from=a&code=c1&state=st_0123456789'],
])('at %s, %s is the answer', async (redirectUri, address) => {
  const { app, hand, reasons } = await opened(redirectUri)
  hand(address)
  expect((await app.answer).get('code')).toBe('c1')
  expect(reasons).toEqual([])
})

const good = 'code=c1&state=st_0123456789'

it.each([
  ['another path', `com.example.app:/other?${good}`, 'path'],
  ['a longer path', `com.example.app:/cb/more?${good}`, 'path'],
  ['a host', `com.example.app://cb?${good}`, 'path'],
  ['a user', `com.example.app://user@/cb?${good}`, 'path'],
  ['another scheme', `com.example.apps:/cb?${good}`, 'path'],
  ['no address', 'com.example.app', 'path'],
  ['another state', 'com.example.app:/cb?code=c1&state=st_9876543210', 'state'],
  ['no state', 'com.example.app:/cb?code=c1', 'no_state'],
  ['an error without state', 'com.example.app:/cb?error=access_denied', 'unproven_error'],
  ['a repeated parameter', `com.example.app:/cb?${good}&code=c2`, 'parameters'],
  ['no code', 'com.example.app:/cb?state=st_0123456789', 'no_code'],
  ['too much', `com.example.app:/cb?${good}&more=${'x'.repeat(500_000)}`, 'path'],
])('what has %s is noted, and changes nothing', async (_, address, reason) => {
  const { app, hand, reasons } = await opened()
  hand(address)
  expect(reasons).toEqual([reason])
  hand(`com.example.app:/cb?${good}`)
  expect((await app.answer).get('code')).toBe('c1')
})

it('has to come from the issuer that promises to name itself', async () => {
  const { app, hand, reasons } = await opened('com.example.app:/cb', 'https://id.example.com')
  hand(`com.example.app:/cb?${good}`)
  hand(`com.example.app:/cb?${good}&iss=https%3A%2F%2Fother.example.com`)
  expect(reasons).toEqual(['iss', 'iss'])
  hand(`com.example.app:/cb?${good}&iss=https%3A%2F%2Fid.example.com`)
  expect((await app.answer).get('code')).toBe('c1')
})

it('takes one answer, notes a flood within limits, and asks for nothing more once it is closed', async () => {
  const { app, hand, reasons, ended } = await opened()
  for (let count = 0; count < 1000; count++) hand('com.example.app:/cb?code=c1')
  expect(reasons).toHaveLength(40)
  expect(reasons.at(-1)).toBe('too_many')
  hand(`com.example.app:/cb?${good}`)
  hand(`com.example.app:/cb?code=c2&state=${state.reveal()}`)
  expect((await app.answer).get('code')).toBe('c1')
  await app.close()
  expect(ended()).toBe(1)
})

it('is cancelled where it is closed before', async () => {
  const { app, hand } = await opened()
  await app.close()
  hand(`com.example.app:/cb?${good}`)
  await expect(app.answer).rejects.toMatchObject({ failure: { kind: 'cancelled' } })
})

it.each([
  ['com.example.app:/cb', 'com.example.app'],
  ['COM.Example.App://cb', 'com.example.app'],
  ['io.github.grantdesk:/cb', 'io.github.grantdesk'],
])('of %s, an app may take the scheme %s', (uri, scheme) => {
  expect(appSchemeOf(uri)).toBe(scheme)
})

it.each([
  ...['https://example.com/cb', 'http://a.b/', 'file:/cb', 'mailto:a@b.c', 'myapp:/cb', 'soap.beep://a', 'z39.50r://a'],
  ...['.example:/cb', 'com..example:/cb', 'com.:/cb', '1com.example:/cb', 'com.example'],
])('of %s, an app may take no scheme', (uri) => {
  expect(appSchemeOf(uri)).toBeNull()
})
