import { expect, it } from 'vitest'
import { parseHeaders, pastedBodies } from '../../../../core/webhooks/pasted-delivery.ts'
import { replayAddress } from '../../../../core/webhooks/replay-address.ts'

it('takes headers as a request has them, as Plane’s documentation prints them, and as JSON', () => {
  const wanted = [
    ['Content-Type', 'application/json'],
    ['X-Plane-Event', 'issue'],
  ]
  expect(parseHeaders('POST /hook HTTP/1.1\r\nContent-Type: application/json\r\nX-Plane-Event:issue\r\n')).toEqual(
    wanted,
  )
  expect(parseHeaders('{\n  "Content-Type": "application/json",\n  "X-Plane-Event": "issue"\n}')).toEqual(wanted)
})

it('refuses a line that is no header', () => {
  expect(() => parseHeaders('X-Plane-Event: issue\nnonsense')).toThrow('A line is no header.')
})

it('a line end after the body may not belong to it', () => {
  expect(pastedBodies('{}\r\n').map(String)).toEqual(['{}\r\n', '{}'])
  expect(pastedBodies('{}').map(String)).toEqual(['{}'])
})

it.each([
  ['localhost:3000/hook', 'http://localhost:3000/hook'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
  ['https://[::1]:8443/x', 'https://[::1]:8443/x'],
  ['http://app.localhost/x', 'http://app.localhost/x'],
])('sends to %s on this machine', (text, href) => {
  expect(replayAddress(text).href).toBe(href)
})

it.each([
  'https://example.com/hook',
  'http://10.0.0.1/',
  'http://127.0.0.1.example.com/',
  'http://localhost.example.com/',
  'http://169.254.169.254/',
  'http://0.0.0.0/',
])('sends nothing to %s', (text) => {
  expect(() => replayAddress(text)).toThrow('this machine only')
})

it.each(['ftp://localhost/', 'file:///etc/passwd', '', '://'])('%j is no address', (text) => {
  expect(() => replayAddress(text)).toThrow()
})

it('takes no user name along', () => {
  expect(() => replayAddress('http://user:pass@localhost/')).toThrow('user name')
})
