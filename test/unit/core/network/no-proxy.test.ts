// NO_PROXY as people write it.
import { expect, it } from 'vitest'
import { parseNoProxy } from '../../../../core/network/no-proxy.ts'

it.each([
  // list, host, port, whether it is reached directly
  ['', 'api.example.com', 443, false],
  ['*', 'api.example.com', 443, true],
  ['example.com', 'example.com', 443, true],
  ['example.com', 'api.example.com', 443, true],
  ['example.com', 'badexample.com', 443, false],
  ['.example.com', 'example.com', 443, true],
  ['.example.com', 'api.example.com', 443, true],
  ['*.example.com', 'api.example.com', 443, true],
  ['.example.com', 'example.com.evil.test', 443, false],
  ['EXAMPLE.com', 'Api.Example.COM', 443, true],
  ['example.com.', 'api.example.com', 443, true],
  ['example.com', 'example.com.', 443, true],
  ['a.test, b.test', 'b.test', 443, true],
  ['a.test b.test', 'b.test', 443, true],
  ['a.test,,b.test,', 'c.test', 443, false],
  ['example.com:8443', 'example.com', 8443, true],
  ['example.com:8443', 'example.com', 443, false],
  ['10.0.0.0/8', '10.200.3.4', 443, true],
  ['10.0.0.0/8', '11.0.0.1', 443, false],
  ['10.0.0.0/8', '10.example.com', 443, false],
  ['192.168.1.7', '192.168.1.7', 443, true],
  ['192.168.1.7', '192.168.1.70', 443, false],
  ['192.168.1.7:8443', '192.168.1.7', 443, false],
  ['10.0.0.0/8:8443', '10.1.1.1', 8443, true],
  ['fd00::/8', '[fd12:3456::1]', 443, true],
  ['fd00::/8', '[2001:db8::1]', 443, false],
  ['2001:db8::1', '[2001:db8::1]', 443, true],
  ['[2001:db8::1]', '[2001:db8:0:0:0:0:0:1]', 443, true],
  ['[2001:db8::1]:8443', '[2001:db8::1]', 443, false],
  ['[2001:db8::1]:8443', '[2001:db8::1]', 8443, true],
  ['10.0.0.0/99', '10.0.0.1', 443, false],
  ['nonsense/8', 'nonsense', 443, false],
  ['.', 'example.com', 443, false],
])('“%s” with %s:%i is direct: %s', (list, host, port, direct) => {
  expect(parseNoProxy(list)(host, port)).toBe(direct)
})
