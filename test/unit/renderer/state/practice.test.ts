import { expect, it } from 'vitest'
import type { Failure } from '../../../../contract/failure.ts'
import { wantsPractice } from '../../../../renderer/state/practice.ts'

const practice = { practice: true }
const network: Failure = { kind: 'network', message: 'Nobody answers.', code: 'ECONNREFUSED' }

it('a practice client that nobody answers asks for the practice services, unless they run', () => {
  expect(wantsPractice(network, practice, { state: 'stopped' })).toBe(true)
  expect(wantsPractice(network, practice, { state: 'failed', why: 'no port' })).toBe(true)
  expect(wantsPractice(network, practice, { state: 'running', services: [] })).toBe(false)
  expect(wantsPractice({ kind: 'timed_out', message: 'Late.' }, practice, { state: 'stopped' })).toBe(false)
  expect(wantsPractice(network, { practice: false }, { state: 'stopped' })).toBe(false)
  expect(wantsPractice(network, undefined, { state: 'stopped' })).toBe(false)
  expect(wantsPractice(null, practice, { state: 'stopped' })).toBe(false)
})
