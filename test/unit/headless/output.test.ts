import { expect, it } from 'vitest'
import { complaintOf } from '../../../headless/complaint.ts'
import { plain, plainLine } from '../../../headless/output.ts'

it('takes control characters and reversed text out of what a server said', () => {
  expect(plain('a\u001b[2Jb\u0007\u009bc\u202ed')).toBe('a\ufffd[2Jb\ufffd\ufffdc\ufffdd')
  expect(plain('{\n\t"a": "ü–日"\n}')).toBe('{\n\t"a": "ü–日"\n}')
  expect(plainLine(' one\r\n two\tthree ')).toBe('one two three')
})

it('adds the server’s own words to a refusal that leaves them out', () => {
  const refused = { kind: 'refused', by: 'token_endpoint', status: 400, error: 'invalid_grant' } as const
  const bare = complaintOf({ ...refused, message: 'Refused.', errorDescription: 'The code is used.' })
  expect(bare.message).toBe('Refused. The server says: invalid_grant, The code is used.')
  const full = complaintOf({ ...refused, message: 'It said invalid_grant.', errorDescription: null })
  expect(full.message).toBe('It said invalid_grant.')
})
