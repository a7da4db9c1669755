import { expect, test } from 'vitest'
import type { Attempt } from '../../../../contract/attempt.ts'
import { attemptWords } from '../../../../renderer/connect/attempt-words.ts'

const cancelled: Attempt = {
  state: 'failed',
  id: 'attempt-1',
  serviceId: 'plane',
  clientId: null,
  flowId: 'flow-1',
  startedAt: 0,
  failure: { kind: 'cancelled', message: 'Cancelled.' },
}

test('an attempt that the person cancelled changed nothing', () => {
  expect(attemptWords(cancelled)).toMatchObject({ title: 'Cancelled', sentence: 'Nothing was changed.' })
})

test('an attempt that was cut off does not claim that nothing was changed: a grant may exist', () => {
  expect(attemptWords({ ...cancelled, failure: { kind: 'cut_off', message: 'Stopped.' } })).toEqual({
    title: 'Cut off while tokens were asked for',
    sentence: '',
    tone: 'bad',
  })
})
