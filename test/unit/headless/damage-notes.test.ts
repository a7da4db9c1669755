// What commands say of damaged records.
import { expect, it } from 'vitest'
import type { DamagedRecord } from '../../../contract/damage.ts'
import { damageLines } from '../../../headless/damage-notes.ts'

function damaged(kind: string, id: string, problem: DamagedRecord['problem'] = 'damaged'): DamagedRecord {
  const words = { what: kind, name: id, message: '', remedy: 'Recover it.' }
  return { kind, id, ...words, serviceId: null, since: 1, recoverable: true, problem }
}

const list = [damaged('index', '(part 1 of 64)'), damaged('index', '(part 2 of 64)')]
const unverified = ['a', 'b', 'c', 'd', 'e'].map((id) => damaged('connection', id, 'unverified'))

it('say each damaged record in a line, with what to do', () => {
  expect(damageLines([damaged('tokens', 'a'), damaged('service', 'b')])).toEqual([
    'Damaged: tokens a. Recover it.',
    'Damaged: service b. Recover it.',
  ])
})

it('say a lost list, and all that nobody can verify without it, in one line', () => {
  expect(damageLines([...list, ...unverified])).toEqual([
    'Damaged: index (2 parts). Recover it. Not used until then: connection a, connection b, connection c and 2 others.',
  ])
})

it('about some kinds say nothing of the others, and of the list only where it keeps some from being used', () => {
  expect(damageLines([...list, ...unverified], ['client'])).toEqual([])
  expect(damageLines([...list, damaged('client', 'c', 'unverified')], ['client'])).toEqual([
    'Damaged: index (2 parts). Recover it. Not used until then: client c.',
  ])
})
