import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../contract/failure.ts'
import { isPracticeClient, wantsPractice } from '../../../renderer/state/practice.ts'

const practice = { name: 'Practice Plane', baseUrl: 'http://127.0.0.1:4000' }
const network: Failure = { kind: 'network', message: 'Nobody answers.', code: 'ECONNREFUSED' }

describe('a practice client', () => {
  it('is told by its name and by living on this machine, both', () => {
    expect(isPracticeClient(practice)).toBe(true)
    expect(isPracticeClient({ ...practice, name: 'Mine' })).toBe(false)
    expect(isPracticeClient({ ...practice, baseUrl: 'https://127.0.0.1.example.com' })).toBe(false)
    expect(isPracticeClient({ ...practice, baseUrl: 'nonsense' })).toBe(false)
  })

  it('that nobody answers asks for the practice services, unless they run', () => {
    expect(wantsPractice(network, practice, { state: 'stopped' })).toBe(true)
    expect(wantsPractice(network, practice, { state: 'failed', why: 'no port' })).toBe(true)
    expect(wantsPractice(network, practice, { state: 'running', services: [] })).toBe(false)
    expect(wantsPractice({ kind: 'timed_out', message: 'Late.' }, practice, { state: 'stopped' })).toBe(false)
    expect(wantsPractice(network, { ...practice, name: 'Mine' }, { state: 'stopped' })).toBe(false)
    expect(wantsPractice(null, practice, { state: 'stopped' })).toBe(false)
  })
})
