import { expect, it } from 'vitest'
import { findConnection, findRemoved } from '../../../headless/find-connection.ts'
import { sampleConnection } from './sample-connection.ts'

const ada = sampleConnection({ id: '1111-a', name: 'Ada at work' })
const adam = sampleConnection({ id: '2222-b', name: 'Ada' })
const bob = sampleConnection({ id: '1133-c', name: 'Bob' })
const twin = sampleConnection({ id: '4444-d', name: 'Bob' })

it('takes the id, the exact name, the name in any case, or a beginning that only one has', () => {
  const all = [ada, adam, bob]
  expect(findConnection(all, '2222-b')).toBe(adam)
  expect(findConnection(all, 'Ada')).toBe(adam)
  expect(findConnection(all, 'bob')).toBe(bob)
  expect(findConnection(all, 'ada at')).toBe(ada)
  expect(findConnection(all, '111')).toBe(ada)
})

it('takes an accent for the same whether it is one character with its letter or two', () => {
  const decomposed = sampleConnection({ id: '5555-e', name: 'Re\u0301ne\u0301e' })
  const composed = sampleConnection({ id: '6666-f', name: 'Zo\u00eb' })
  expect(findConnection([decomposed, composed], 'R\u00e9n\u00e9e')).toBe(decomposed)
  expect(findConnection([decomposed, composed], 'r\u00e9')).toBe(decomposed)
  expect(findConnection([decomposed, composed], 'Zoe\u0308')).toBe(composed)
})

it('names the candidates where several fit', () => {
  expect(() => findConnection([ada, bob], '11')).toThrow('Ada at work at Plane (1111-a), Bob at Plane (1133-c)')
  expect(() => findConnection([bob, twin], 'Bob')).toThrow('more than one connection')
})

it('does not take an empty name for the only connection', () => {
  expect(() => findConnection([ada], '')).toThrow('There is no connection “”.')
})

it('finds what was removed by the same rules, and says where the list of that is', () => {
  expect(findRemoved([ada, bob], 'ada at')).toBe(ada)
  expect(findRemoved([ada, bob], '113')).toBe(bob)
  expect(() => findRemoved([bob, twin], 'bo')).toThrow('more than one connection')
  expect(() => findRemoved([ada], 'Eve')).toThrow('No removed connection is called “Eve”.')
  expect(() => findRemoved([ada], '')).toThrow('No removed connection')
})
