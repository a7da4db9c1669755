import { expect, it } from 'vitest'
import { hostIn, requestLine } from '../../../../contract/flow/request-line.ts'

const line = (url: string, withHost?: boolean) => requestLine({ method: 'GET', url }, withHost)

it('says method, path and the names of the parameters, not their values', () => {
  expect(line('https://api.example/users?per_page=2&q=a%20b#part')).toBe('GET /users?per_page&q')
  expect(line('https://api.example')).toBe('GET /')
  expect(line('https://api.example/me', true)).toBe('GET api.example/me')
})

it('reads what is no web address, and what does not parse', () => {
  expect(line('myapp://callback/done?code=1')).toBe('GET myapp://callback/done?code')
  expect(line('com.example.app:/callback?code=1')).toBe('GET com.example.app:/callback?code')
  expect(line('/callback?code&state=2')).toBe('GET /callback?code&state')
  expect(line('')).toBe('GET /')
})

it('finds the host, if there is one', () => {
  expect(hostIn('https://api.example:8443/me')).toBe('api.example:8443')
  expect(hostIn('/me')).toBe('')
})
