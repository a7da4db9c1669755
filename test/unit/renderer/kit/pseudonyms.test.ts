import { expect, test } from 'vitest'
import { splitPseudonyms } from '../../../../renderer/kit/pseudonyms.ts'

test('a recorded text falls into pseudonyms and the rest', () => {
  expect(splitPseudonyms('Bearer <access_token:7f3a09c1>!')).toEqual([
    { text: 'Bearer ', pseudonym: false },
    { text: '<access_token:7f3a09c1>', pseudonym: true },
    { text: '!', pseudonym: false },
  ])
  expect(splitPseudonyms('a < b: c > d')).toEqual([{ text: 'a < b: c > d', pseudonym: false }])
  expect(splitPseudonyms('')).toEqual([])
})
