import { describe, expect, test } from 'vitest'
import {
  addableScopes,
  readScopes,
  searchScopes,
  unknownScopes,
  withScopes,
} from '../../../../renderer/connect/scope-search.ts'

const groups = [
  { name: 'Projects', scopes: [{ value: 'projects:read', description: 'See projects' }] },
  { name: 'Wiki', scopes: [{ value: 'wiki.pages:write', description: '' }] },
]

describe('searching scopes', () => {
  test('finds every word in value, description or group, whatever the case', () => {
    expect(searchScopes(groups, 'SEE read').map((group) => group.name)).toEqual(['Projects'])
    expect(searchScopes(groups, 'wiki')).toHaveLength(1)
    expect(searchScopes(groups, '  ')).toHaveLength(2)
    expect(searchScopes(groups, 'nothing')).toEqual([])
  })

  test('reads scopes separated by spaces, commas or lines, each once', () => {
    expect(readScopes(' a b,c\na ')).toEqual(['a', 'b', 'c'])
  })

  test('finds the scopes that a pasted list names, and offers them together', () => {
    const pasted = 'projects:read, wiki.pages:write'
    expect(searchScopes(groups, pasted)).toEqual(groups)
    expect(addableScopes(readScopes(pasted), groups, ['projects:read'])).toEqual(['wiki.pages:write'])
  })

  test('offers unknown scopes to be added, and a known one only by its box', () => {
    expect(addableScopes(['own', 'projects:read'], groups, [])).toEqual(['own'])
    expect(addableScopes(['projects:read'], groups, [])).toEqual([])
  })

  test('tells the scopes that the service does not know', () => {
    expect(unknownScopes(['projects:read', 'own'], groups)).toEqual(['own'])
  })

  test('adds without doubling and takes away, keeping the order', () => {
    expect(withScopes(['a', 'b'], ['b', 'c'], true)).toEqual(['a', 'b', 'c'])
    expect(withScopes(['a', 'b', 'c'], ['b'], false)).toEqual(['a', 'c'])
  })
})
