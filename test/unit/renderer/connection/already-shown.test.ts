// What stands at a connection's head is told by what it is, not by its words.
import { expect, it } from 'vitest'
import type { Failure } from '../../../../contract/failure.ts'
import { isAlreadyShown } from '../../../../renderer/connection/already-shown.ts'

const refused: Extract<Failure, { kind: 'refused' }> = {
  kind: 'refused',
  by: 'token_endpoint',
  status: 400,
  error: 'invalid_grant',
  errorDescription: null,
  message: 'Plane refused: invalid_grant.',
}
const marked = { status: { kind: 'needs_attention', since: 1, failure: refused }, apiAnswer: null } as const

it('a refusal that marked the connection is the same refusal in other words', () => {
  expect(isAlreadyShown(marked, { ...refused, message: 'Said otherwise.', remedy: 'Connect again.' })).toBe(true)
  expect(isAlreadyShown(marked, { ...refused, page: undefined })).toBe(true)
})

it('another failure is not, though it is told in the same words', () => {
  expect(isAlreadyShown(marked, { ...refused, error: 'invalid_client' })).toBe(false)
  expect(isAlreadyShown(marked, { kind: 'timed_out', message: refused.message })).toBe(false)
})

it('what the API answered last is told at the head, what anybody else answered is not', () => {
  const why = 'Plane refused: no such user.'
  const asked = { status: { kind: 'good' }, apiAnswer: { at: 1, of: 'account', status: 403, why } } as const
  const byApi: Failure = { ...refused, by: 'api', status: 403, error: null, message: 'Other words.' }
  expect(isAlreadyShown(asked, byApi)).toBe(true)
  expect(isAlreadyShown(asked, { ...refused, status: 403, message: why })).toBe(false)
  expect(isAlreadyShown(asked, { ...byApi, status: 404, message: why })).toBe(false)
  expect(isAlreadyShown({ ...asked, apiAnswer: { ...asked.apiAnswer, why: null } }, byApi)).toBe(false)
})
