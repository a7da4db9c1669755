// Which of several things a NAME means, for every caller alike.
import { expect, it } from 'vitest'
import { candidateList, itemsNamed } from '../../../contract/named.ts'

const item = (id: string, name: string) => ({ id, name, serviceName: 'Plane' })
const ada = item('1111-a', 'Ada at work')
const adam = item('2222-b', 'Ada')
const bob = item('1133-c', 'Bob')
const twin = item('4444-d', 'Bob')

it('takes the id, the exact name, the name in any case, or a beginning that only one has', () => {
  const all = [ada, adam, bob]
  expect(itemsNamed(all, '2222-b')).toEqual([adam])
  expect(itemsNamed(all, 'Ada')).toEqual([adam])
  expect(itemsNamed(all, 'bob')).toEqual([bob])
  expect(itemsNamed(all, 'ada at')).toEqual([ada])
  expect(itemsNamed(all, '111')).toEqual([ada])
})

it('takes an accent for the same whether it is one character with its letter or two', () => {
  const decomposed = item('5555-e', 'Re\u0301ne\u0301e')
  const composed = item('6666-f', 'Zo\u00eb')
  expect(itemsNamed([decomposed, composed], 'R\u00e9n\u00e9e')).toEqual([decomposed])
  expect(itemsNamed([decomposed, composed], 'r\u00e9')).toEqual([decomposed])
  expect(itemsNamed([decomposed, composed], 'Zoe\u0308')).toEqual([composed])
})

it('answers all candidates where several fit, in words that tell them apart', () => {
  expect(itemsNamed([ada, bob], '11')).toEqual([ada, bob])
  expect(itemsNamed([bob, twin], 'Bob')).toEqual([bob, twin])
  expect(candidateList([ada, bob])).toBe('Ada at work at Plane (1111-a), Bob at Plane (1133-c)')
})

it('takes an empty name for nothing, and not for the only one', () => {
  expect(itemsNamed([ada], '')).toEqual([])
  expect(itemsNamed([ada], 'Eve')).toEqual([])
})
