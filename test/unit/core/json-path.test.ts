import { expect, it } from 'vitest'
import { pickList, pickText } from '../../../core/json-path.ts'

const answer = { user: { id: 7, firstname: 'Ada', lastname: 'L.', mail: null }, data: [{ account: { uuid: 'u-1' } }] }

it('takes the first path that leads to a text or a number', () => {
  expect(pickText(answer, ['nothing', 'user.id'])).toBe('7')
  expect(pickText(answer, ['data.0.account.uuid'])).toBe('u-1')
  expect(pickText(answer, ['user.mail', 'user'])).toBeNull()
})

it('joins parts by a blank and leaves out what is missing', () => {
  expect(pickText(answer, ['user.firstname+user.lastname'])).toBe('Ada L.')
  expect(pickText(answer, ['user.firstname+user.nothing'])).toBe('Ada')
})

it('reads no inherited members', () => {
  expect(pickText({}, ['constructor.name', '__proto__.constructor.name', 'toString.name'])).toBeNull()
})

it('takes lists and lists in one text', () => {
  expect(pickList({ scopes: ['a', 1, 'b'] }, ['scopes'])).toEqual(['a', 'b'])
  expect(pickList({ scope: 'a b,c' }, ['scopes', 'scope'])).toEqual(['a', 'b', 'c'])
  expect(pickList({}, ['scopes'])).toBeNull()
})
