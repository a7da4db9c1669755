import { expect, it } from 'vitest'
import { tokenWarningOf } from '../../../../renderer/kit/token-warning.ts'

const good = { kind: 'good' as const }
const answered = (status: number, why: string | null) => ({ at: 0, of: 'test_path' as const, status, why })

it('is nothing where the API said yes, or was not asked', () => {
  expect(tokenWarningOf({ status: good, apiAnswer: answered(200, null) })).toBeNull()
  expect(tokenWarningOf({ status: good, apiAnswer: null })).toBeNull()
})

it('is what the test path answered, or why the connection needs attention', () => {
  const words = 'The test path answered 404: Nothing there.'
  expect(tokenWarningOf({ status: good, apiAnswer: answered(404, 'Nothing there.') })).toBe(words)
  const failure = { kind: 'cancelled' as const, message: 'Refused.' }
  const status = { kind: 'needs_attention' as const, since: 0, failure }
  expect(tokenWarningOf({ status, apiAnswer: answered(404, 'Nothing there.') })).toBe('Refused.')
})
