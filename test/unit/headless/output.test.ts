import { expect, it } from 'vitest'
import { commandErrorOf } from '../../../headless/command-error.ts'
import { jsonLine, plain, plainLine } from '../../../headless/output.ts'

it('takes control characters and reversed text out of what a server said', () => {
  expect(plain('a\u001b[2Jb\u0007\u009bc\u202ed')).toBe('a\ufffd[2Jb\ufffd\ufffdc\ufffdd')
  expect(plain('{\n\t"a": "ü–日"\n}')).toBe('{\n\t"a": "ü–日"\n}')
  expect(plainLine(' one\r\n two\tthree ')).toBe('one two three')
})

it('writes JSON that a terminal shows as it is, and that reads back the same', () => {
  const value = { name: 'a\u001b[2Jb\u009b31mc\u202ed\u2066e\u007f', other: 'ü–日' }
  const text = jsonLine(value)
  expect(text).toBe(String.raw`{"name":"a\u001b[2Jb\u009b31mc\u202ed\u2066e\u007f","other":"ü–日"}`)
  expect(JSON.parse(text)).toEqual(value)
})

it('adds the server’s own words to a refusal that leaves them out', () => {
  const refused = { kind: 'refused', by: 'token_endpoint', status: 400, error: 'invalid_grant' } as const
  const bare = commandErrorOf({ ...refused, message: 'Refused.', errorDescription: 'The code is used.' })
  expect(bare.message).toBe('Refused. The server says: invalid_grant, The code is used.')
  const full = commandErrorOf({ ...refused, message: 'It said invalid_grant.', errorDescription: null })
  expect(full.message).toBe('It said invalid_grant.')
})
